import type { KnownMessage } from '../known-message.js';

/**
 * What snapshot save, status and restore refuse, and etcdutl's other work on data folders.
 *
 * @internal
 */
export const restoreMessages: readonly KnownMessage[] = [
  {
    id: 'restore-folder-not-empty',
    level: 'error',
    title: 'The folder to restore to is there already',
    wordings: [
      { text: 'data-dir "{data-dir}" not empty or could not be read' },
      { text: 'data-dir "{data-dir}" exists', releases: '3.4' },
      { text: 'wal-dir "{data-dir}" exists' },
      { text: 'data-dir {data-dir} exists', releases: 'before 3.4' },
    ],
    cause:
      'snapshot restore writes into a new folder alone, so that it never overwrites data; {data-dir} holds something, or may not be read.',
    cure: 'Restore into another folder (--data-dir, --wal-dir), or stop etcd and move {data-dir} away first; never beside a running member. From 3.5 on an empty folder is taken.',
    source: 'etcd etcdutl/snapshot/v3_snapshot.go Restore',
  },
  {
    id: 'snapshot-without-hash',
    level: 'error',
    title: 'The snapshot has no checksum',
    wordings: [
      { text: 'snapshot missing hash but --skip-hash-check=false' },
      { text: 'sha256 checksum not found [bytes: {size}]' },
    ],
    cause:
      'snapshot save puts a checksum behind the database. The file has none: it is a copy of member/snap/db, or it was cut off while it was written or copied.',
    cure: 'Take a file that "etcdctl snapshot save" wrote, whole (compare its size and digest with the original). Only for a copy of member/snap/db of a stopped member: --skip-hash-check.',
    source: 'etcd etcdutl/snapshot/v3_snapshot.go copyAndVerifyDB; etcd issue 18340',
  },
  {
    id: 'snapshot-damaged',
    level: 'error',
    title: 'The snapshot is not what was saved',
    wordings: [
      { text: 'expected sha256 {expected}, got {found}' },
      { text: 'snapshot file integrity check failed. {count} errors found.' },
      { text: 'not a snapshot file', by: 'other' },
    ],
    cause:
      'The checksum at its end is of other contents: the file was changed, damaged or cut off, on disk or while it was copied.',
    cure: 'Take another snapshot file, or copy it again in binary mode and compare digests; etcdutl snapshot status reads it without restoring. Do not skip the check for it.',
    source: 'etcd etcdutl/snapshot/v3_snapshot.go copyAndVerifyDB',
  },
  {
    id: 'snapshot-command-moved',
    level: 'error',
    title: 'Snapshots are restored with etcdutl',
    wordings: [{ text: 'Manages etcd node snapshots' }, { text: 'Deprecated: Use `etcdutl snapshot' }],
    cause:
      'etcdctl snapshot restore and status are gone from 3.6 on (etcdctl prints its help instead); snapshot save is there still.',
    cure: 'etcdutl snapshot restore <file> --data-dir … with the same flags, or etcdutl snapshot status; etcdutl is in the archive of the release, from 3.5 on.',
    source: 'etcd CHANGELOG-3.6; etcd etcdctl/ctlv3/command/snapshot_command.go',
  },
  {
    id: 'restore-arguments',
    level: 'error',
    title: 'The snapshot file is missing on the command line',
    wordings: [
      { text: 'snapshot restore requires exactly one argument' },
      { text: 'snapshot status requires exactly one argument' },
      { text: 'snapshot save expects one argument' },
      { text: '--mark-compacted required if --revision-bump > 0' },
    ],
    cause:
      'The command takes the name of one file: none or several are there, or a line was broken without a backslash.',
    cure: 'Write etcdutl snapshot restore <file> --name … --initial-cluster … --initial-advertise-peer-urls … --data-dir …',
    source: 'etcd etcdutl/etcdutl/snapshot_command.go',
  },
  {
    id: 'restore-folder-in-use',
    level: 'error',
    title: 'Another etcd holds the database',
    wordings: [
      { text: 'timed out waiting to acquire lock on' },
      { text: 'waiting to acquire lock on' },
      { text: 'cannot defragment a database that is in use', by: 'other' },
    ],
    cause:
      'etcdutl works on the files of a member that does not run, and a process holds the lock of this database.',
    cure: 'Stop etcd first; or use etcdctl defrag, which asks the running member.',
    source: 'etcd etcdutl/etcdutl/defrag_command.go',
  },
  {
    id: 'revision-compacted',
    level: 'notice',
    title: 'A revision is gone by compaction',
    wordings: [
      { text: 'etcdserver: mvcc: required revision has been compacted' },
      { text: 'mvcc: required revision has been compacted' },
      { text: 'The resourceVersion for the provided watch is too old', by: 'kube-apiserver' },
      { text: 'too old resource version: {revision}', by: 'kube-apiserver' },
    ],
    cause:
      'A client or a watcher asked for a revision that was compacted in the meantime. kube-apiserver starts the watch anew by itself.',
    cure: 'Nothing, where it comes now and then: it is harmless. Your own client has to read again and watch from the revision it got. Where it never stops, after a restore: restart kube-apiserver, and restore with --bump-revision and --mark-compacted.',
    source: 'etcd server/storage/mvcc/kvstore.go; Kubernetes apiserver storage/etcd3/watcher.go',
  },
  {
    id: 'revision-in-future',
    level: 'error',
    title: 'A client asks for a revision that is not there yet',
    wordings: [
      { text: 'etcdserver: mvcc: required revision is a future revision' },
      { text: 'mvcc: required revision is a future revision' },
      { text: 'Too large resource version: {revision}, current:', by: 'kube-apiserver' },
    ],
    cause:
      'The client has seen a newer revision than the cluster has: the cluster was restored from an older snapshot, or the client was pointed at another one.',
    cure: 'Restart the clients (kube-apiserver, controllers, kubelets). Restore with etcdutl snapshot restore --bump-revision 1000000000 --mark-compacted, so that revisions never go back.',
    source: 'etcd server/storage/mvcc/kvstore_txn.go; etcd issue 15381',
  },
];
