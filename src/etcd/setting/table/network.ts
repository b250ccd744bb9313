import type { ListKind, SettingDefinition, SettingKind } from '../definition.js';
import { BOOLEAN, DURATION, URLS } from './common.js';

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
  { name: 'listen-peer-urls', kind: URLS, writtenFrom: 'members[].listenPeerUrls' },
  { name: 'listen-client-urls', kind: URLS, writtenFrom: 'members[].listenClientUrls' },
  { name: 'listen-client-http-urls', since: { '3.4': 25, '3.5': 8 }, kind: LISTEN_URLS },
  { name: 'listen-metrics-urls', kind: URLS, writtenFrom: 'etcd.metricsUrls' },
  {
    name: 'initial-advertise-peer-urls',

    kind: URLS,
    writtenFrom: 'members[].initialAdvertisePeerUrls',
  },
  { name: 'advertise-client-urls', kind: URLS, writtenFrom: 'members[].advertiseClientUrls' },
  {
    name: 'socket-reuse-port',
    since: '3.5',
    kind: BOOLEAN,
    yaml: [{ since: { '3.5': 10 }, section: 'socket-options', key: 'reuse-port' }],
  },
  {
    name: 'socket-reuse-address',
    since: '3.5',
    kind: BOOLEAN,
    yaml: [{ since: { '3.5': 10 }, section: 'socket-options', key: 'reuse-address' }],
  },
  { name: 'cors', kind: ORIGINS },
  { name: 'host-whitelist', kind: HOSTS },
  { name: 'enable-grpc-gateway', kind: BOOLEAN },
  { name: 'grpc-keepalive-min-time', kind: DURATION },
  { name: 'grpc-keepalive-interval', kind: DURATION },
  { name: 'grpc-keepalive-timeout', kind: DURATION },
  {
    name: 'max-concurrent-streams',
    since: { '3.4': 20, '3.5': 5 },
    kind: { type: 'integer', min: 0n, max: 2n ** 32n - 1n },
  },
  // They are set on the flag set alone, which a configuration file does not reach (etcd-io/etcd#20429).
  { name: 'raft-read-timeout', since: '3.5', kind: RAFT_TIMEOUT, yaml: [] },
  { name: 'raft-write-timeout', since: '3.5', kind: RAFT_TIMEOUT, yaml: [] },
];
