import type { ConfigStyle, EtcdVersion } from '../cluster-spec.js';
import { isInSpan, type ReleaseSpan } from './release-span.js';

/**
 * What etcd takes for settings that nobody gives it, in every known release (etcd `embed/config.go`, NewConfig). A boolean that is not
 * here is off.
 *
 * @internal
 */
export const ETCD_DEFAULTS = {
  name: 'default',
  'listen-peer-urls': 'http://localhost:2380',
  'initial-advertise-peer-urls': 'http://localhost:2380',
  'listen-client-urls': 'http://localhost:2379',
  'advertise-client-urls': 'http://localhost:2379',
  'initial-cluster-token': 'etcd-cluster',
  /** Milliseconds. */
  'heartbeat-interval': '100',
  /** Milliseconds. */
  'election-timeout': '1000',
  'initial-election-tick-advance': 'true',
  'strict-reconfig-check': 'true',
  'max-learners': '1',
  'discovery-insecure-transport': 'true',
  'auth-token': 'simple',
  'auto-compaction-retention': '0',
  'compact-hash-check-time': '1m',
  'experimental-compact-hash-check-time': '1m',
  'distributed-tracing-sampling-rate': '0',
  'experimental-distributed-tracing-sampling-rate': '0',
  'experimental-txn-mode-write-with-shared-buffer': 'true',
  'log-outputs': 'default',
} as const;

/** @internal */
export interface ChangedDefault extends ReleaseSpan {
  readonly name: string;
  readonly value: string;
  /** It belongs to the flag, and a configuration file starts without it. */
  readonly ofFlag?: true;
}

/**
 * Defaults that are not the same everywhere.
 *
 * @internal
 */
export const CHANGED_DEFAULTS: readonly ChangedDefault[] = [
  { name: 'pre-vote', until: '3.4', value: 'false' },
  { name: 'pre-vote', since: '3.5', value: 'true' },
  { name: 'enable-grpc-gateway', until: '3.4', value: 'true', ofFlag: true },
  { name: 'enable-grpc-gateway', since: '3.5', value: 'true' },
  { name: 'auto-compaction-mode', until: '3.5', value: 'periodic', ofFlag: true },
  { name: 'auto-compaction-mode', since: '3.6', value: 'periodic' },
  { name: 'logger', until: '3.4', value: 'capnslog' },
  { name: 'logger', since: '3.5', value: 'zap' },
  { name: 'v2-deprecation', since: '3.5', until: '3.5', value: 'not-yet' },
  { name: 'v2-deprecation', since: '3.6', value: 'write-only' },
];

const ALIKE: ReadonlyMap<string, string> = new Map(Object.entries(ETCD_DEFAULTS));

/**
 * What etcd takes for a setting that nobody gives it.
 *
 * @returns undefined where that is none, or not known here
 * @internal
 */
export function etcdDefault(name: string, version: EtcdVersion, config: ConfigStyle): string | undefined {
  const changed = CHANGED_DEFAULTS.find(
    (row) => row.name === name && isInSpan(version, row) && !(row.ofFlag === true && config === 'yaml'),
  );
  return changed?.value ?? ALIKE.get(name);
}
