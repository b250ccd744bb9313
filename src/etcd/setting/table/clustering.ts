import type { SettingDefinition } from '../definition.js';
import { ALL, BOOLEAN, COUNT, DURATION, promoted, TEXT, URLS } from './common.js';

/** The bundle lists the members, or leaves that to DNS, and etcd takes one way of bootstrapping only. */
const MEMBERS = 'members';

/**
 * How the members find each other, elect and watch over one another.
 *
 * @internal
 */
export const clusteringSettings: readonly SettingDefinition[] = [
  { name: 'initial-cluster', kind: TEXT, writtenFrom: MEMBERS },
  { name: 'initial-cluster-token', kind: TEXT, writtenFrom: 'cluster.token' },
  {
    name: 'initial-cluster-state',

    kind: { type: 'enum', values: { new: ALL, existing: ALL } },
    writtenFrom: 'etcd.state',
  },
  { name: 'heartbeat-interval', kind: { type: 'milliseconds', min: 1n, max: 10_000n } },
  { name: 'election-timeout', kind: { type: 'milliseconds', min: 1n, max: 50_000n } },
  { name: 'initial-election-tick-advance', kind: BOOLEAN },
  { name: 'pre-vote', kind: BOOLEAN },
  { name: 'strict-reconfig-check', kind: BOOLEAN },
  { name: 'max-learners', since: '3.6', kind: COUNT },
  { name: 'force-new-cluster', kind: BOOLEAN },
  { name: 'next-cluster-version-compatible', since: { '3.4': 31 }, until: '3.4', kind: BOOLEAN },
  ...promoted('downgrade-check-time', DURATION, { since: '3.5', until: '3.6' }),
  { name: 'discovery', until: '3.6', kind: TEXT, writtenFrom: MEMBERS },
  { name: 'discovery-proxy', until: '3.6', kind: TEXT, writtenFrom: MEMBERS },
  {
    name: 'discovery-fallback',

    kind: { type: 'enum', values: { proxy: { until: '3.5' }, exit: ALL } },
    yaml: [{ until: '3.5', key: 'discovery-fallback' }],
    writtenFrom: MEMBERS,
  },
  { name: 'discovery-srv', kind: TEXT, writtenFrom: 'cluster.discoverySrv' },
  { name: 'discovery-srv-name', kind: TEXT, writtenFrom: 'cluster.discoverySrvName' },
  { name: 'discovery-endpoints', since: '3.6', kind: URLS, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-token', since: '3.6', kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-dial-timeout', since: '3.6', kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-request-timeout', since: '3.6', kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-keepalive-time', since: '3.6', kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-keepalive-timeout', since: '3.6', kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-insecure-transport', since: '3.6', kind: BOOLEAN, yaml: [], writtenFrom: MEMBERS },
  {
    name: 'discovery-insecure-skip-tls-verify',
    since: '3.6',
    kind: BOOLEAN,
    yaml: [],
    writtenFrom: MEMBERS,
  },
  { name: 'discovery-cert', since: '3.6', kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-key', since: '3.6', kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-cacert', since: '3.6', kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-user', since: '3.6', kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-password', since: '3.6', kind: TEXT, yaml: [], writtenFrom: MEMBERS },
];
