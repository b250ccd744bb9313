import type { ClusterSpec } from '../cluster-spec.js';

/**
 * `--wal-dir` where the document asks for a write-ahead log apart. etcd makes `<wal-dir>.tmp`, removes `<wal-dir>` and renames the
 * one to the other (etcd `server/storage/wal/wal.go`, Create), so it must own the folder above. root owns every folder; a service
 * user gets the document's folder and keeps the log one below, and so does a static pod, which would else be given the folder above.
 *
 * @internal
 */
export function walDirectory({
  etcd,
  systemd,
  kubernetes,
}: Pick<ClusterSpec, 'etcd' | 'systemd' | 'kubernetes'>): string | undefined {
  if (etcd.walDir === undefined) return undefined;
  const ownsAll = systemd.user === 'root' && kubernetes?.staticPod !== true;
  return ownsAll ? etcd.walDir : `${etcd.walDir}/wal`;
}
