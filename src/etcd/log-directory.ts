import type { ClusterSpec } from '../spec/cluster-spec.js';

/**
 * `--wal-dir` where the document asks for a write-ahead log apart. etcd makes `<wal-dir>.tmp`, removes `<wal-dir>` and renames the
 * one to the other (etcd `server/storage/wal/wal.go`, Create), so it must own the folder above. root owns every folder; a service
 * user gets the document's folder and keeps the log one below.
 *
 * @internal
 */
export function logDirectory({ etcd, systemd }: Pick<ClusterSpec, 'etcd' | 'systemd'>): string | undefined {
  if (etcd.walDir === undefined) return undefined;
  return systemd.user === 'root' ? etcd.walDir : `${etcd.walDir}/wal`;
}
