/**
 * What etcd takes for settings that nobody gives it, in every known release (etcd `embed/config.go`, NewConfig).
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
} as const;
