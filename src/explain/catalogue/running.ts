import type { KnownMessage } from '../known-message.js';

/**
 * What a member says while it runs, of clients, alarms and work in the background.
 *
 * @internal
 */
export const runningMessages: readonly KnownMessage[] = [
  {
    id: 'health-alarm',
    level: 'error',
    title: 'An alarm is raised, and the member calls itself unhealthy',
    wordings: [{ text: 'serving /health false due to an alarm', releases: '3.5 and later' }],
    cause:
      'NOSPACE: the database has reached --quota-backend-bytes, and only reads and deletions are taken. CORRUPT: the data of two members differ.',
    cure: 'etcdctl alarm list says which. NOSPACE: compact, etcdctl defrag each member, then etcdctl alarm disarm. CORRUPT: etcdctl endpoint hashkv --cluster shows which member differs; take that one out and in again with empty data.',
    source: 'etcd server/etcdserver/api/etcdhttp/health.go',
  },
  {
    id: 'file-descriptors-nearly-used',
    level: 'warning',
    title: 'Nearly all file descriptors are in use',
    wordings: [{ text: '80% of file descriptors are used' }],
    cause: 'Each connection of a client takes one, and LimitNOFILE= of the unit is nearly reached.',
    cure: 'LimitNOFILE=65536 in the unit, systemctl daemon-reload, and restart; see which client opens connections without closing them.',
    source: 'etcd server/etcdserver/metrics.go monitorFileDescriptor',
  },
  {
    id: 'host-not-allowed',
    level: 'warning',
    title: 'A request was refused because of the host it names',
    wordings: [
      { text: 'rejecting HTTP request to prevent DNS rebinding attacks' },
      { text: 'rejecting HTTP request from', also: 'DNS rebinding', releases: 'before 3.4' },
    ],
    cause: 'A plain HTTP request named a host in its Host header that is not in --host-whitelist.',
    cure: 'Add the name that clients use to --host-whitelist, or leave the setting out; with https it does not apply.',
    source: 'etcd server/embed/serve.go accessController; CVE-2018-5702',
  },
  {
    id: 'data-dir-default',
    level: 'warning',
    title: 'No data folder is set, so that the default is used',
    wordings: [{ text: "'data-dir' was empty; using default" }],
    cause:
      'Without --data-dir etcd writes to <name>.etcd in the folder it was started in, under systemd / or WorkingDirectory=. Another name or folder at the next start is another, empty member.',
    cure: 'Set --data-dir=/var/lib/etcd (ETCD_DATA_DIR), and move what was written meanwhile there while etcd is stopped.',
    source: 'etcd server/etcdmain/etcd.go startEtcdOrProxyV2',
  },
  {
    id: 'reads-behind',
    isConsequence: true,
    level: 'warning',
    title: 'Reads wait for the leader',
    wordings: [
      { text: 'ignored out-of-date read index response; local node read indexes queueing up' },
      { text: 'failed to get read index from Raft' },
      { text: 'timed out sending read state' },
      { text: 'failed to get enough', also: 'ReadIndex', by: 'other' },
    ],
    cause:
      'A linearizable read asks the leader first, and the answer comes late: there is no leader, the network is slow, or a disk or the processor is overloaded.',
    cure: 'Look for "slow fdatasync", "took too long" and lost leaders at the same time, on the leader too; give the data folder a fast disk of its own.',
    source: 'etcd server/etcdserver/v3_server.go linearizableReadLoop',
  },
  {
    id: 'client-went-away',
    level: 'notice',
    title: 'A client went away in the midst of a stream',
    wordings: [
      { text: 'failed to receive watch request from gRPC stream' },
      { text: 'failed to send watch response to gRPC stream' },
      { text: 'failed to send watch control response to gRPC stream' },
      { text: 'failed to send pending watch response to gRPC stream' },
      { text: 'failed to receive lease keepalive request from gRPC stream' },
      { text: 'failed to send lease keepalive response to gRPC stream' },
    ],
    cause: 'The client that watched or kept a lease was stopped, or its connection broke.',
    cure: 'Nothing, where clients were restarted. Where many of one client come, see its own log, and the load balancer between.',
    source: 'etcd server/etcdserver/api/v3rpc/watch.go, lease.go',
  },
  {
    id: 'no-longer-leader',
    level: 'notice',
    title: 'A member that was the leader leaves work to the new one',
    wordings: [
      { text: "Ignore the lease revoking request because current member isn't a leader" },
      { text: "Ignore the checkpoint request because current member isn't a leader" },
      { text: "Current member isn't a leader" },
    ],
    cause: 'Another member was elected while this one was busy; only the leader ends leases.',
    cure: 'Nothing; if it repeats, elections do: look for a slow disk or network.',
    source: 'etcd server/etcdserver/server.go ensureLeadership; etcd issue 15247',
  },
  {
    id: 'old-file-not-removed',
    level: 'error',
    title: 'An old file of the data folder cannot be removed',
    wordings: [
      { text: 'failed to purge wal file' },
      { text: 'failed to purge snap file' },
      { text: 'failed to purge snap db file' },
      { text: 'failed to remove orphaned .snap.db file' },
      { text: 'failed to remove temporary file' },
    ],
    cause:
      'etcd removes what --max-wals and --max-snapshots leave over, and the system refused: the file is of another user or immutable, or the file system is read-only or damaged.',
    cure: 'The error in the same line says which: chown -R the data folder to the user of etcd, lsattr for an immutable file, dmesg for the disk. Remove nothing by hand.',
    source: 'etcd server/etcdserver/server.go purgeFile',
  },
  {
    id: 'foreign-file-in-data',
    level: 'notice',
    title: 'A file lies in the data folder that etcd did not put there',
    wordings: [
      { text: 'found unexpected non-snap file; skipping' },
      { text: 'ignored file in WAL directory' },
    ],
    cause: 'Somebody copied or left a file[[, {path},]] in member/snap or member/wal. etcd passes over it.',
    cure: 'Move it away: backups belong elsewhere. A .broken file is a snapshot that etcd could not read.',
    source: 'etcd server/etcdserver/api/snap/snapshotter.go; etcd server/storage/wal/util.go',
  },
  {
    id: 'discovery-token-used',
    level: 'error',
    title: 'The discovery token belongs to a cluster that exists already',
    wordings: [
      { text: 'discovery token was already used', also: 'failed to bootstrap' },
      { text: 'do not reuse discovery token; generate a new one to bootstrap a cluster' },
      { text: 'discovery: cluster is full' },
      { text: 'discovery: found duplicate id' },
      { text: 'discovery: size key not found' },
    ],
    cause:
      'A token of a discovery service is good for the first start of one cluster of a certain size; this one is used up, full or unknown.',
    cure: 'Make a new token of the right size for a new cluster; a member that joins later takes etcdctl member add and initial-cluster-state=existing, without discovery. Name the members in initial-cluster, and no service is needed.',
    source: 'etcd server/etcdmain/etcd.go; etcd server/etcdserver/api/v3discovery',
  },
  {
    id: 'discovery-not-reached',
    level: 'error',
    title: 'The discovery service does not answer',
    wordings: [
      { text: 'failed to get cluster size from discovery service', releases: '3.6 and later' },
      { text: 'failed to get cluster members from discovery service', releases: '3.6 and later' },
      { text: 'failed to register members itself to the discovery service', releases: '3.6 and later' },
      { text: 'retry connecting to discovery service', releases: '3.6 and later' },
      { text: 'failed to get from discovery server' },
      { text: 'discovery: too many retries' },
      { text: 'discovery: bad discovery endpoint' },
    ],
    cause:
      'etcd asks the service of --discovery or --discovery-endpoints who its members are, and got no answer.',
    cure: 'Name the members in initial-cluster, which needs no service; the public one, discovery.etcd.io, serves v2 discovery alone, which ended with 3.5.',
    source: 'etcd server/etcdserver/api/v3discovery/discovery.go',
  },
  {
    id: 'two-members-of-one-name',
    level: 'error',
    title: 'Two members have the same name',
    wordings: [{ text: 'two member with same name found' }],
    cause:
      'The cluster has two members of one --name, as after a host was cloned, and etcd looks them up by it.',
    cure: 'etcdctl member list shows both. Take one out (etcdctl member remove <ID>), and in again under a name of its own with empty data.',
    source: 'etcd server/etcdserver/api/membership/cluster.go MemberByName',
  },
  {
    id: 'program-fault',
    level: 'error',
    title: 'The program itself has a fault',
    by: 'other',
    wordings: [
      { text: 'invalid memory address or nil pointer dereference' },
      { text: 'fatal error: concurrent map' },
      { text: 'fatal error: all goroutines are asleep' },
      { text: 'fatal error: unexpected signal during runtime execution' },
    ],
    cause:
      'Go ended the program because of a fault in it, or because damaged data led it there. The lines below name the function.',
    cure: 'Upgrade to the last patch of the same minor release; look for the first function below "goroutine" among the issues of etcd. If it comes again at every start of one member only, its data is damaged: member remove, move the data away, member add, initial-cluster-state=existing.',
    source: 'Go runtime/panic.go',
  },
  {
    id: 'watch-progress-interval',
    level: 'notice',
    title: 'An interval is set shorter than etcd takes it',
    wordings: [{ text: 'adjusting watch progress notify interval to minimum period' }],
    cause: '--watch-progress-notify-interval is below the least, 100ms, which is used in its place.',
    cure: 'Nothing, or write 100ms or more; kubeadm writes 5s.',
    source: 'etcd server/etcdserver/api/v3rpc/watch.go',
  },
  {
    id: 'gateway-session-expired',
    level: 'warning',
    title: 'The gRPC proxy lost its session',
    wordings: [
      { text: 'session expired; possible network partition or server restart' },
      { text: 'creating a new session to rejoin' },
      { text: 'failed to create a session', also: 'grpcproxy' },
    ],
    cause: 'etcd grpc-proxy could not renew its lease with the members in time.',
    cure: 'Nothing, where members were restarted: it makes a new one. Otherwise see whether its --endpoints are reachable.',
    source: 'etcd server/proxy/grpcproxy/register.go',
  },
];
