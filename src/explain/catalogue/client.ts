import type { KnownMessage } from '../known-message.js';

/**
 * What etcdctl and other clients say of how they were called, and of the old API.
 *
 * @internal
 */
export const clientMessages: readonly KnownMessage[] = [
  {
    id: 'client-certificate-refused',
    level: 'error',
    title: 'The server did not accept the client',
    wordings: [
      { text: 'remote error: tls: bad certificate', also: 'authentication handshake failed' },
      { text: 'remote error: tls: bad certificate', also: 'invoker failed' },
      { text: 'remote error: tls: bad certificate', also: 'rpc error' },
      { text: 'remote error: tls: bad certificate', also: '/version' },
      { text: 'remote error: tls: bad certificate', also: 'dial tcp' },
      { text: 'alert bad certificate', by: 'openssl' },
      { text: 'Error: remote error: tls: bad certificate', by: 'other' },
    ],
    cause:
      'The server ended the TLS handshake because of the certificate of the client. The commonest reason: no client certificate was sent at all (up to etcd 3.4, with TLS 1.2, this alert stands for that too). Otherwise it is of another CA, without clientAuth, or out of its time.',
    cure: 'Name certificate and key: etcdctl --cacert --cert --key (ETCDCTL_CERT, ETCDCTL_KEY), kube-apiserver --etcd-cafile --etcd-certfile --etcd-keyfile, curl --cert --key. If they are set, "rejected connection" in the log of the member says what is wrong with them.',
    source: 'Go crypto/tls/alert.go, handshake_server.go; etcd issues 9785 and 14090',
  },
  {
    id: 'client-hung-up-on',
    level: 'error',
    title: 'The server closed the connection of a client',
    wordings: [
      { text: 'write: broken pipe', also: 'rpc error' },
      { text: 'connection reset by peer', also: 'rpc error' },
      { text: 'connection reset by peer', also: 'authentication handshake failed' },
      { text: 'connection reset by peer', also: 'invoker failed' },
      { text: 'transport is closing' },
      { text: 'connection closed before server preface received', releases: 'before 3.4' },
      { text: 'error reading from server: EOF' },
      { text: 'error reading from server: read tcp' },
      { text: 'all SubConns are in TransientFailure' },
      { text: 'curl: (52) Empty reply from server', by: 'other' },
      { text: 'curl: (56) Recv failure', by: 'other' },
    ],
    cause:
      'A connection was closed from the other side. The commonest reason: the member wants a client certificate and none was sent, or the endpoint says http and the member speaks TLS. Otherwise the member stopped, or a load balancer between cut the connection.',
    cure: 'Use https:// in the endpoint, with --cacert, --cert and --key of etcdctl (kube-apiserver: --etcd-cafile, --etcd-certfile, --etcd-keyfile). If they are set, look for "rejected connection" in the log of the member at that time; then at the load balancer.',
    source: 'gRPC-Go internal/transport/http2_client.go; Kubernetes website issue 21597',
  },
  {
    id: 'gateway-off',
    level: 'error',
    title: 'The member does not serve the API as JSON',
    by: 'other',
    wordings: [
      { text: 'Failed to get list of machines from {endpoint}/v3: ', also: '404' },
      { text: 'Failed to get list of machines from {endpoint}/v3alpha: ', also: '404' },
      { text: 'Failed to get list of machines from {endpoint}/v3beta: ', also: '404' },
    ],
    cause:
      'Patroni, and whatever else speaks JSON to /v3/…, goes through the gRPC gateway[[ of {endpoint}]]: with a configuration file it is off unless the file says otherwise.',
    cure: 'Write enable-grpc-gateway: true into the file of --config-file, and restart the member; as a flag and a variable it is on.',
    source: 'etcd server/embed/config.go, configFromFile; Patroni docs, etcd3; patroni issue 1939',
  },
  {
    id: 'client-old-api-unavailable',
    level: 'error',
    title: 'A client of the v2 API got no answer',
    wordings: [
      { text: 'Failed to get list of machines from {endpoint}/v2: ', also: '404', by: 'other' },
      { text: 'client: etcd member {endpoint} has no leader', releases: '3.4 and 3.5' },
      { text: 'client: endpoint {endpoint} exceeded header timeout', releases: '3.4 and 3.5' },
      { text: 'client: etcd cluster is unavailable or misconfigured', releases: '3.4 and 3.5' },
      { text: 'client: no endpoints available', releases: '3.4 and 3.5' },
      { text: 'etcd cluster is unavailable or misconfigured' },
      {
        text: 'client: response is invalid json. The endpoint is probably not valid etcd cluster endpoint',
        releases: '3.4 and 3.5',
      },
      { text: 'Error: 501: All the given peers are not reachable', by: 'other' },
      { text: 'All the given peers are not reachable', by: 'other' },
    ],
    cause:
      'etcdctl with the v2 API (ETCDCTL_API=2, the default before 3.4) reached no member that answers[[ at {endpoint}]]: it is down, there is no leader and no quorum, the endpoint is not an address that can be reached (0.0.0.0 in an advertise URL reaches nobody), or a proxy of HTTP_PROXY stands between.',
    cure: 'Use API 3: ETCDCTL_API=3 etcdctl --endpoints https://…:2379 --cacert --cert --key endpoint health. Advertise addresses that clients can reach, and name them in NO_PROXY.',
    source: 'etcd client/v2/client.go; etcd issue 9763',
  },
  {
    id: 'client-flag-unknown',
    level: 'error',
    title: 'The command does not have this flag',
    wordings: [{ text: 'unknown flag: --{flag}' }, { text: 'unknown shorthand flag: {flag} in' }],
    cause: '--{flag} is not a flag of this command in this release.[[ {story}]]',
    cure: '[[{remedy} ]]--help behind the command lists its flags. etcdctl with API 3 has --cacert, --cert, --key and --endpoints in the place of --ca-file, --cert-file, --key-file and --peers; snapshots are restored with etcdutl from 3.6 on.',
    source: 'pflag flag.go; etcd etcdctl/ctlv3/ctl.go',
  },
  {
    id: 'client-command-unknown',
    level: 'error',
    title: 'etcdctl does not have this command',
    wordings: [
      { text: 'unknown command "{command}" for "etcdctl"' },
      { text: 'unknown command "{command}" for "etcdutl"' },
      { text: 'unknown command "{command}" for "etcd' },
      { text: "No help topic for '{command}'" },
    ],
    cause:
      '"{command}" is of the other API of etcdctl, or of another release: v2 has ls, mk, rm, mkdir, set and cluster-health, v3 has get, put, del and endpoint health. "No help topic" is what v2 says to a command of v3.',
    cure: 'Set ETCDCTL_API=3 before 3.4 for commands of v3. For those of v2 write: ls → get --prefix --keys-only, set → put, rm → del, cluster-health → endpoint health --cluster, backup → snapshot save; snapshot restore and status, migrate → etcdutl.',
    source: 'etcd etcdctl/ctlv3/ctl.go, ctlv2/ctl.go',
  },
  {
    id: 'client-arguments',
    level: 'error',
    title: 'etcdctl was called with something missing',
    wordings: [
      { text: '"--cert" and "--key" must be given together', by: 'other' },
      { text: 'empty string is passed to --cert option' },
      { text: 'empty string is passed to --key option' },
      { text: 'empty string is passed to --cacert option' },
      { text: 'command requires' },
      { text: 'command needs' },
      { text: 'member peer urls not provided' },
      { text: 'member name not provided' },
      { text: 'member ID is not provided' },
      { text: 'bad member ID arg ({reason}), expecting ID in Hex' },
      { text: 'too many arguments' },
      { text: 'endpoints is not set', by: 'other' },
    ],
    cause:
      'An argument is missing, empty or of another form than the command takes: mostly an empty variable in a script.',
    cure: 'etcdctl <command> --help shows the form. etcdctl member add <name> --peer-urls=https://<address>:2380; member IDs are hexadecimal, as in the first column of etcdctl member list.',
    source: 'etcd etcdctl/ctlv3/command/global.go, member_command.go',
  },
  {
    id: 'leader-changed',
    level: 'warning',
    title: 'The leader changed while a request ran',
    wordings: [
      { text: 'etcdserver: leader changed' },
      { text: 'etcdserver: not leader' },
      { text: 'possibly due to previous leader failure' },
      { text: 'possibly due to connection lost' },
      { text: 'leader transfer took too long' },
      { text: 'etcdserver: bad leader transferee' },
    ],
    cause:
      'An election took place, and nobody can tell what became of the request. Where it repeats, the leader misses its heartbeats: a slow disk, a busy host or a slow network.',
    cure: 'Try again. If it repeats, look for "slow fdatasync" and "took too long" in the logs, give the data folder a fast disk of its own, and raise --heartbeat-interval and --election-timeout where members are far apart.',
    source: 'etcd server/etcdserver/errors.go; etcd issue 13169',
  },
  {
    id: 'lease-or-key-missing',
    level: 'warning',
    title: 'A lease or a key is gone',
    wordings: [
      { text: 'etcdserver: requested lease not found' },
      { text: 'etcdserver: lease already exists' },
      { text: 'etcdserver: too large lease TTL' },
      { text: 'lease not found' },
      { text: '100: Key not found', by: 'other' },
      { text: 'etcdserver: key is not provided' },
      { text: 'etcdserver: duplicate key given in txn request' },
      { text: 'etcdserver: too many operations in txn request' },
    ],
    cause:
      'A client used a lease that has expired or was revoked, or a request that etcd does not take as it is.',
    cure: 'The client has to grant a new lease; see why it did not keep the old one alive in time. A transaction takes --max-txn-ops operations (128 where it is not set), each key once.',
    source: 'etcd server/lease/lessor.go; etcd api/v3rpc/rpctypes/error.go',
  },
];
