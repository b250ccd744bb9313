import type { SettingDefinition } from '../setting-definition.js';
import { ALL, BOOLEAN, COUNT, DURATION, FROM_3_6, promoted, TEXT, URLS } from './common.js';

/** The bundle always writes initial-cluster, and etcd takes one way of bootstrapping only. */
const MEMBERS = 'members';

/**
 * How the members find each other, elect and watch over one another.
 *
 * @internal
 */
export const clusteringSettings: readonly SettingDefinition[] = [
  { name: 'initial-cluster', known: ALL, kind: TEXT, writtenFrom: MEMBERS },
  { name: 'initial-cluster-token', known: ALL, kind: TEXT, writtenFrom: 'cluster.token' },
  {
    name: 'initial-cluster-state',
    known: ALL,
    kind: { type: 'enum', values: { new: ALL, existing: ALL } },
    writtenFrom: 'etcd.state',
  },
  { name: 'heartbeat-interval', known: ALL, kind: { type: 'milliseconds', min: 1n, max: 10_000n } },
  { name: 'election-timeout', known: ALL, kind: { type: 'milliseconds', min: 1n, max: 50_000n } },
  { name: 'initial-election-tick-advance', known: ALL, kind: BOOLEAN },
  { name: 'pre-vote', known: ALL, kind: BOOLEAN },
  { name: 'strict-reconfig-check', known: ALL, kind: BOOLEAN },
  { name: 'max-learners', known: FROM_3_6, kind: COUNT },
  { name: 'force-new-cluster', known: ALL, kind: BOOLEAN },
  { name: 'next-cluster-version-compatible', known: ['3.4.31'], kind: BOOLEAN },
  ...promoted('downgrade-check-time', DURATION, ['3.5', '3.6']),
  { name: 'discovery', known: ['3.4', '3.5', '3.6'], kind: TEXT, writtenFrom: MEMBERS },
  { name: 'discovery-proxy', known: ['3.4', '3.5', '3.6'], kind: TEXT, writtenFrom: MEMBERS },
  {
    name: 'discovery-fallback',
    known: ALL,
    kind: { type: 'enum', values: { proxy: ['3.4', '3.5'], exit: ALL } },
    yaml: [{ known: ['3.4', '3.5'], key: 'discovery-fallback' }],
    writtenFrom: MEMBERS,
  },
  { name: 'discovery-srv', known: ALL, kind: TEXT, writtenFrom: MEMBERS },
  { name: 'discovery-srv-name', known: ALL, kind: TEXT, writtenFrom: MEMBERS },
  { name: 'discovery-endpoints', known: FROM_3_6, kind: URLS, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-token', known: FROM_3_6, kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-dial-timeout', known: FROM_3_6, kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-request-timeout', known: FROM_3_6, kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-keepalive-time', known: FROM_3_6, kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-keepalive-timeout', known: FROM_3_6, kind: DURATION, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-insecure-transport', known: FROM_3_6, kind: BOOLEAN, yaml: [], writtenFrom: MEMBERS },
  {
    name: 'discovery-insecure-skip-tls-verify',
    known: FROM_3_6,
    kind: BOOLEAN,
    yaml: [],
    writtenFrom: MEMBERS,
  },
  { name: 'discovery-cert', known: FROM_3_6, kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-key', known: FROM_3_6, kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-cacert', known: FROM_3_6, kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-user', known: FROM_3_6, kind: TEXT, yaml: [], writtenFrom: MEMBERS },
  { name: 'discovery-password', known: FROM_3_6, kind: TEXT, yaml: [], writtenFrom: MEMBERS },
];
