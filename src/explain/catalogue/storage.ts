import type { KnownMessage } from '../known-message.js';

/** @internal */
export const storageMessages: readonly KnownMessage[] = [
  {
    id: 'wal-broken',
    level: 'error',
    title: 'The write-ahead log cannot be read',
    wordings: [
      { text: 'failed to read WAL, cannot be repaired' },
      { text: 'failed to repair WAL' },
      { text: 'failed to open WAL' },
      { text: 'wal: crc mismatch' },
      { text: 'wal: max entry size limit exceeded' },
      { text: 'failed to recover from snapshot' },
    ],
    cause:
      'Files below <data-dir>/member/wal or snap are damaged, missing or of two points in time: a disk that lost writes, a full disk, or a folder that was copied while etcd ran.',
    cure: 'While a quorum is healthy: etcdctl member remove this member, move its data folder away, etcdctl member add, start with initial-cluster-state=existing. Without a quorum: restore a snapshot with etcdutl snapshot restore on every member.',
    source: 'etcd server/etcdserver/bootstrap.go openWALFromSnapshot; etcd server/storage/wal/wal.go',
  },
  {
    id: 'database-unusable',
    level: 'error',
    title: 'The database file cannot be used',
    wordings: [
      { text: 'failed to open database' },
      { text: 'failed to recover v3 backend from snapshot' },
      { text: 'failed to find database snapshot file' },
      { text: "snap: snapshot file doesn't exist" },
      { text: 'consistent index was never saved' },
    ],
    cause: '<data-dir>/member/snap/db is damaged, missing or older than the write-ahead log beside it.',
    cure: 'While a quorum is healthy, take the member out and in again with an empty data folder; otherwise restore a snapshot on every member.',
    source: 'etcd server/storage/backend/backend.go; etcd server/storage/backend.go RecoverSnapshotBackend',
  },
  {
    id: 'database-locked',
    level: 'notice',
    title: 'Another process holds the database',
    wordings: [
      { text: 'db file is flocked by another process, or taking too long' },
      { text: 'another etcd process is using', releases: '3.4' },
    ],
    cause: 'Another etcd runs on the same data folder, or opening a large database takes long.',
    cure: 'Stop the other one: two members never share a data folder.',
    source: 'etcd server/storage/backend.go OpenBackend',
  },
  {
    id: 'disk-full',
    level: 'error',
    title: 'The disk is full',
    wordings: [
      { text: 'no space left on device' },
      { text: 'failed to preallocate space when creating a new WAL' },
      { text: 'disk quota exceeded' },
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
    ],
    cause: '3.6 has no v2 API and does not start on data that was written through it.',
    cure: 'Start 3.5 on it once more, remove the keys with ETCDCTL_API=2 etcdctl rm, wait for a snapshot, and upgrade then.',
    source: 'etcd server/storage/util.go AssertNoV2StoreContent',
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
