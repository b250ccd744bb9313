import type { KnownMessage } from '../known-message.js';

/** @internal */
export const storageMessages: readonly KnownMessage[] = [
  {
    id: 'database-locked',
    level: 'notice',
    title: 'Another process holds the database',
    wordings: [
      { text: 'db file is flocked by another process, or taking too long' },
      { text: 'another etcd process is using', releases: '3.4' },
    ],
    cause:
      'Another etcd runs on the same data folder, or opening a large database takes long. On NFS the lock of a host that died stays.',
    cure: 'Stop the other one: two members never share a data folder. Where there is none and the folder is on NFS, move it to a local disk: etcd does not belong on a network file system.',
    source: 'etcd server/storage/backend.go OpenBackend; etcd issue 18122',
  },
  {
    id: 'disk-full',
    level: 'error',
    title: 'The disk is full',
    wordings: [
      { text: 'no space left on device' },
      { text: 'failed to preallocate space when creating a new WAL', also: 'no space left' },
      { text: 'disk quota exceeded' },
      { text: 'No space left on device', by: 'other' },
    ],
    cause:
      'The file system of the data folder has no room. etcd stops, because it cannot keep what it has promised.',
    cure: 'Make room, or give the data folder a disk of its own that holds the quota, a defragmentation (the database a second time) and the write-ahead log.',
    source: 'etcd server/storage/wal/file_pipeline.go; etcd server/etcdserver/raft.go',
  },
  {
    id: 'disk-write-failed',
    level: 'error',
    title: 'Writing to the disk failed',
    wordings: [
      { text: 'failed to save Raft hard state and entries' },
      { text: 'failed to save hard state and entries' },
      { text: 'failed to save Raft snapshot' },
      { text: 'failed to sync Raft snapshot' },
      { text: 'failed to commit tx' },
      { text: 'failed to preallocate space when creating a new WAL' },
      { text: 'failed to create a temporary WAL directory' },
      { text: 'fdatasync failed' },
      { text: 'Input/output error', by: 'other' },
      { text: 'blk_update_request: I/O error', by: 'other' },
      { text: 'Buffer I/O error', by: 'other' },
      { text: 'input/output error' },
      { text: 'read-only file system' },
    ],
    cause:
      'The kernel refused a write below the data folder, and etcd stops rather than lose what it has promised.',
    cure: 'Look for the reason in dmesg and in the health of the disk. With ProtectSystem=strict the folders of --data-dir and --wal-dir have to be in ReadWritePaths= or StateDirectory=.',
    source: 'etcd server/etcdserver/raft.go; systemd.exec(5)',
  },
  {
    id: 'quota-nearly-reached',
    level: 'error',
    title: 'A write would make the database larger than its quota',
    wordings: [{ text: 'message exceeded backend quota; raising alarm' }],
    cause:
      'The database has grown to --quota-backend-bytes (2 GiB where it is not set), and the cluster takes no more writes.',
    cure: 'etcdctl compact the old revisions, etcdctl defrag one member after the other, then etcdctl alarm disarm.',
    source: 'etcd server/etcdserver/server.go; etcd server/storage/quota.go',
  },
  {
    id: 'data-of-v2',
    level: 'error',
    title: 'The data folder holds keys of the v2 API',
    wordings: [
      { text: 'illegal v2store content' },
      { text: 'detected disallowed custom content in v2store' },
      { text: 'detected disallowed v2 WAL' },
      { text: 'detected custom v2store content. Etcd v3.5 is the last version allowing to access it' },
      { text: 'detected custom content in v2store' },
      { text: 'detected custom v2 content in' },
    ],
    cause:
      '3.6 has no v2 API and does not start while the snapshot or the write-ahead log holds entries of it: keys of somebody, or records of an old upgrade of members. Keys need not be there, and removing them is not enough, as long as the log has the entries.',
    cure: 'Start the last 3.5 (3.5.35) on it once with --snapshot-count=1 (--enable-v2 where keys have to be removed: ETCDCTL_API=2 etcdctl ls --recursive, rm), write something (etcdctl put), and stop it. Then etcdutl check v2store --data-dir <folder> (of 3.5.35) has to say that it is clean; upgrade after that, one member after the other. With the default of --snapshot-count (100,000 entries) 3.6 panics again.',
    source: 'etcd server/storage/util.go AssertNoV2StoreContent; etcd issues 20809, 20870 and 21849',
  },
  {
    id: 'hash-differs',
    level: 'error',
    title: 'A check finds that the data of two members differs',
    wordings: [
      { text: 'found different hash values from remote peer' },
      { text: 'found hash mismatch' },
      { text: 'same compact revision then hashes must match' },
      { text: 'Detected compaction hash mismatch' },
      { text: 'failed compaction hash check' },
    ],
    cause:
      'At the same revision, members hold different keys: a bug of a release, a disk, or a folder that was copied while etcd ran.',
    cure: 'etcdctl endpoint hashkv --cluster tells which one differs; remove it and add it again with an empty data folder. Upgrade to the last patch of the release.',
    source: 'etcd server/etcdserver/corrupt.go',
  },
];
