interface ClientFlag {
  readonly from: string;
  readonly instead: string;
}

const API_2 = 'with ETCDCTL_API=2 or before 3.4';
const API_3 = 'and only of its v3 API';
/** Up to 3.3 etcdctl spoke v2 unless it was told otherwise. */
const USE_API_3 = 'Set ETCDCTL_API=3 (before 3.4 etcdctl speaks v2 without it), or use a newer etcdctl.';

/**
 * Flags of etcdctl that one of its two APIs does not have (etcd etcdctl/ctlv2/ctl.go, ctlv3/ctl.go).
 *
 * @internal
 */
export const CLIENT_FLAGS: ReadonlyMap<string, ClientFlag> = new Map([
  ['ca-file', { from: API_2, instead: 'Write --cacert.' }],
  ['cert-file', { from: API_2, instead: 'Write --cert.' }],
  ['key-file', { from: API_2, instead: 'Write --key.' }],
  ['peers', { from: API_2, instead: 'Write --endpoints.' }],
  ['endpoint', { from: API_2, instead: 'Write --endpoints.' }],
  ['no-sync', { from: API_2, instead: 'Leave it out.' }],
  ['output', { from: API_2, instead: 'Write --write-out (-w).' }],
  ['username', { from: API_2, instead: 'Write --user.' }],
  ['timeout', { from: API_2, instead: 'Write --command-timeout (and --dial-timeout).' }],
  ['total-timeout', { from: API_2, instead: 'Write --command-timeout.' }],
  ['recursive', { from: API_2, instead: 'Write --prefix.' }],
  ['ttl', { from: API_2, instead: 'Grant a lease and write --lease.' }],
  ['cacert', { from: API_3, instead: USE_API_3 }],
  ['cert', { from: API_3, instead: USE_API_3 }],
  ['key', { from: API_3, instead: USE_API_3 }],
  ['endpoints', { from: API_3, instead: USE_API_3 }],
  ['insecure-skip-tls-verify', { from: API_3, instead: USE_API_3 }],
  ['insecure-transport', { from: API_3, instead: USE_API_3 }],
  ['command-timeout', { from: API_3, instead: USE_API_3 }],
  ['dial-timeout', { from: API_3, instead: USE_API_3 }],
  ['write-out', { from: API_3, instead: USE_API_3 }],
  ['cluster', { from: API_3, instead: USE_API_3 }],
  ['prefix', { from: API_3, instead: USE_API_3 }],
]);

/**
 * Flags that were gone before 3.4, with what to write (etcd Documentation/v2/04_to_2_snapshot_migration.md, CHANGELOG-3.0 to 3.4).
 *
 * @internal
 */
export const EARLIER_FLAGS: ReadonlyMap<string, string> = new Map([
  ['addr', 'Write --advertise-client-urls.'],
  ['bind-addr', 'Write --listen-client-urls.'],
  ['peer-addr', 'Write --initial-advertise-peer-urls.'],
  ['peer-bind-addr', 'Write --listen-peer-urls.'],
  ['peers-file', 'Write --initial-cluster.'],
  ['peer-ca-file', 'Write --peer-trusted-ca-file and --peer-client-cert-auth.'],
  ['client-ca-file', 'Write --trusted-ca-file and --client-cert-auth.'],
]);

/**
 * Variables that etcd reads and still calls unrecognized, since no flag has their name (etcd server/etcdmain/etcd.go
 * checkSupportArch).
 *
 * @internal
 */
export const EFFECTIVE_VARIABLES: ReadonlyMap<string, string> = new Map([
  [
    'ETCD_UNSUPPORTED_ARCH',
    'ETCD_UNSUPPORTED_ARCH is not a setting, so etcd names it here; it is used all the same, and needed on a processor that the release does not support officially.',
  ],
]);
