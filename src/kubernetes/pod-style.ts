import type { EtcdSetting } from '../cluster-spec.js';
import type { ReleaseSpan } from '../etcd/release-span.js';

/**
 * What kubeadm's static pod for etcd looked like from one minor release on.
 *
 * @internal
 */
export interface PodStyle {
  /** First minor release. */
  readonly from: number;
  /** Paths of the probes on the metrics listener. */
  readonly probes: { readonly liveness: string; readonly readiness?: string; readonly startup: string };
  /** Whether the probes name a container port instead of its number (kubernetes/kubernetes#132838). */
  readonly isPortNamed: boolean;
  /** Whether the pod has `priority` besides its class. */
  readonly hasPriority: boolean;
  /** Whether `creationTimestamp: null` is written, as every object of that time had it. */
  readonly hasCreationTimestamp: boolean;
  /** Whether overriding arguments come last, in their order, or all are sorted together. */
  readonly areOverridesLast: boolean;
  /** The arguments whose names followed etcd's releases; two lists where kubeadm goes by the image. */
  readonly checks:
    | { readonly type: 'fixed'; readonly settings: readonly EtcdSetting[] }
    | {
        readonly type: 'by-image';
        readonly before36: readonly EtcdSetting[];
        readonly since36: readonly EtcdSetting[];
      };
  /** The etcd that knows those arguments and answers those probes. */
  readonly etcd: ReleaseSpan;
}

const CORRUPT_CHECK: EtcdSetting = { name: 'experimental-initial-corrupt-check', value: 'true' };
const EXPERIMENTAL: readonly EtcdSetting[] = [
  CORRUPT_CHECK,
  { name: 'experimental-watch-progress-notify-interval', value: '5s' },
];
const GRADUATED: readonly EtcdSetting[] = [
  { name: 'feature-gates', value: 'InitialCorruptCheck=true' },
  { name: 'watch-progress-notify-interval', value: '5s' },
];

/** /livez and /readyz (etcd-io/etcd#17039) */
const PROBED: ReleaseSpan = { since: { '3.4': 29, '3.5': 11 } };

const FROM_1_22: PodStyle = {
  from: 22,
  probes: { liveness: '/health', startup: '/health' },
  isPortNamed: false,
  hasPriority: false,
  hasCreationTimestamp: true,
  areOverridesLast: false,
  checks: { type: 'fixed', settings: [CORRUPT_CHECK] },
  etcd: { until: '3.6' },
};
const FROM_1_25: PodStyle = {
  ...FROM_1_22,
  from: 25,
  probes: {
    liveness: '/health?exclude=NOSPACE&serializable=true',
    startup: '/health?serializable=false',
  },
  hasPriority: true,
  checks: { type: 'fixed', settings: EXPERIMENTAL },
  etcd: { since: { '3.4': 11 }, until: '3.6' },
};
/** https://github.com/kubernetes/kubeadm/issues/3039 */
const FROM_1_31: PodStyle = {
  ...FROM_1_25,
  from: 31,
  probes: { liveness: '/livez', readiness: '/readyz', startup: '/readyz' },
  etcd: { ...PROBED, until: '3.6' },
};
const FROM_1_32: PodStyle = { ...FROM_1_31, from: 32, areOverridesLast: true };
/** https://github.com/kubernetes/kubernetes/pull/132838 */
const FROM_1_34: PodStyle = {
  ...FROM_1_32,
  from: 34,
  isPortNamed: true,
  hasCreationTimestamp: false,
  checks: { type: 'by-image', before36: EXPERIMENTAL, since36: GRADUATED },
  etcd: PROBED,
};
/** https://github.com/kubernetes/kubernetes/pull/135701 */
const FROM_1_36: PodStyle = {
  ...FROM_1_34,
  from: 36,
  checks: { type: 'fixed', settings: GRADUATED },
  etcd: { since: '3.6' },
};

const STYLES: readonly PodStyle[] = [FROM_1_36, FROM_1_34, FROM_1_32, FROM_1_31, FROM_1_25, FROM_1_22];

/**
 * The style of a minor release (kubeadm `phases/etcd/local.go`, `util/staticpod/utils.go`).
 *
 * @returns undefined for releases before 1.22
 * @internal
 */
export function podStyle(minor: number): PodStyle | undefined {
  return STYLES.find((style) => style.from <= minor);
}
