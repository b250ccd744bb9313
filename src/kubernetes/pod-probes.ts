import type { EtcdSetting } from '../cluster-spec.js';
import { type Endpoint, parseEndpoint } from '../net/endpoint.js';
import { hostText } from '../net/host.js';
import type { PodStyle } from './pod-style.js';

/**
 * A probe as the pod has it. Times are seconds.
 *
 * @internal
 */
export interface PodProbe {
  readonly failureThreshold: number;
  readonly httpGet: {
    readonly host: string;
    readonly path: string;
    readonly port: number | string;
    readonly scheme: 'HTTP' | 'HTTPS';
  };
  /** Absent: at once. */
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
}

/** @internal */
export interface PodProbes {
  readonly livenessProbe: PodProbe;
  readonly readinessProbe?: PodProbe;
  readonly startupProbe: PodProbe;
  readonly ports?: readonly {
    readonly containerPort: number;
    readonly name: string;
    readonly protocol: 'TCP';
  }[];
}

const PORT_NAME = 'probe-port';
const LIVENESS = { failureThreshold: 8, initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 15 };
const READINESS = { failureThreshold: 3, periodSeconds: 1, timeoutSeconds: 15 };
/** 24 periods are kubeadm's four minutes for a component to come up. */
const STARTUP = { failureThreshold: 24, initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 15 };

/**
 * The probes, which ask the first of the metrics URLs (kubeadm `util/staticpod/utils.go`).
 *
 * @param settings - all of etcd's arguments
 * @internal
 */
export function planPodProbes(style: PodStyle, settings: readonly EtcdSetting[]): PodProbes {
  const target = metricsEndpoint(settings);
  const probe = (path: string, times: Omit<PodProbe, 'httpGet'>): PodProbe => {
    const { failureThreshold, ...rest } = times;
    return {
      failureThreshold,
      httpGet: {
        host: hostText(target.host),
        path,
        port: style.isPortNamed ? PORT_NAME : target.port,
        scheme: target.scheme === 'https' ? 'HTTPS' : 'HTTP',
      },
      ...rest,
    };
  };
  const { liveness, readiness, startup } = style.probes;
  return {
    livenessProbe: probe(liveness, LIVENESS),
    ...(readiness === undefined ? {} : { readinessProbe: probe(readiness, READINESS) }),
    startupProbe: probe(startup, STARTUP),
    ...(style.isPortNamed
      ? { ports: [{ containerPort: target.port, name: PORT_NAME, protocol: 'TCP' }] }
      : {}),
  };
}

function metricsEndpoint(settings: readonly EtcdSetting[]): Endpoint {
  const value = settings.find(({ name }) => name === 'listen-metrics-urls')?.value ?? '';
  const first = parseEndpoint(value.split(',')[0] ?? '');
  return first ?? { scheme: 'http', host: { type: 'ip', version: 4, address: '127.0.0.1' }, port: 2381 };
}
