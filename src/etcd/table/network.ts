import type { ListKind, SettingDefinition, SettingKind } from '../setting-definition.js';
import { ALL, BOOLEAN, DURATION, FROM_3_5, URLS } from './common.js';

const LISTEN_URLS: ListKind = { ...URLS, item: 'listen-url' };
const ORIGINS: ListKind = { ...URLS, item: 'origin' };
const HOSTS: ListKind = { ...URLS, item: 'host' };

/** Shorter ones are raised: "raft-read-timeout increased to minimum value: 5s" (etcd `etcdmain/config.go`). */
const RAFT_TIMEOUT: SettingKind = { type: 'duration', min: '5s' };

/**
 * Where the member listens, what it advertises, and how its connections behave.
 *
 * @internal
 */
export const networkSettings: readonly SettingDefinition[] = [
  { name: 'listen-peer-urls', known: ALL, kind: URLS, writtenFrom: 'members[].listenPeerUrls' },
  { name: 'listen-client-urls', known: ALL, kind: URLS, writtenFrom: 'members[].listenClientUrls' },
  { name: 'listen-client-http-urls', known: ['3.4.25', '3.5.8', '3.6', '3.7'], kind: LISTEN_URLS },
  { name: 'listen-metrics-urls', known: ALL, kind: URLS, writtenFrom: 'etcd.metricsUrls' },
  {
    name: 'initial-advertise-peer-urls',
    known: ALL,
    kind: URLS,
    writtenFrom: 'members[].initialAdvertisePeerUrls',
  },
  { name: 'advertise-client-urls', known: ALL, kind: URLS, writtenFrom: 'members[].advertiseClientUrls' },
  {
    name: 'socket-reuse-port',
    known: FROM_3_5,
    kind: BOOLEAN,
    yaml: [{ known: ['3.5.10', '3.6', '3.7'], section: 'socket-options', key: 'reuse-port' }],
  },
  {
    name: 'socket-reuse-address',
    known: FROM_3_5,
    kind: BOOLEAN,
    yaml: [{ known: ['3.5.10', '3.6', '3.7'], section: 'socket-options', key: 'reuse-address' }],
  },
  { name: 'cors', known: ALL, kind: ORIGINS },
  { name: 'host-whitelist', known: ALL, kind: HOSTS },
  { name: 'enable-grpc-gateway', known: ALL, kind: BOOLEAN },
  { name: 'grpc-keepalive-min-time', known: ALL, kind: DURATION },
  { name: 'grpc-keepalive-interval', known: ALL, kind: DURATION },
  { name: 'grpc-keepalive-timeout', known: ALL, kind: DURATION },
  {
    name: 'max-concurrent-streams',
    known: ['3.4.20', '3.5.5', '3.6', '3.7'],
    kind: { type: 'integer', min: 0n, max: 2n ** 32n - 1n },
  },
  // They are set on the flag set alone, which a configuration file does not reach (etcd-io/etcd#20429).
  { name: 'raft-read-timeout', known: FROM_3_5, kind: RAFT_TIMEOUT, yaml: [] },
  { name: 'raft-write-timeout', known: FROM_3_5, kind: RAFT_TIMEOUT, yaml: [] },
];
