import type { ClusterSpec } from '../cluster-spec.js';
import { withOwnFolders } from '../etcd/own-folders.js';

/** Why the folder that the document names must not be where a disk is mounted (etcd `server/storage/wal/wal.go`, Create). */
const NOT_THE_MOUNT_POINT =
  "etcd renames the log's folder, so it must be a folder on the disk, not the mount point itself.";

/**
 * What the runbook says of the disks that have to be there before etcd writes to their folders: where the write-ahead log has one of
 * its own, and where a member has other folders than the cluster.
 *
 * @internal
 */
export function diskLines(spec: ClusterSpec): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const member of spec.members) {
    const { dataDir, walDir } = withOwnFolders(spec, member).etcd;
    if (walDir === undefined && dataDir === spec.etcd.dataDir) continue;
    const disks =
      walDir === undefined
        ? `the disk behind \`${dataDir}\` is mounted.`
        : `the disks behind \`${dataDir}\` and \`${walDir}\` are mounted. ${NOT_THE_MOUNT_POINT}`;
    groups.set(disks, [...(groups.get(disks) ?? []), member.name]);
  }
  return [...groups].map(([disks, names]) =>
    names.length === spec.members.length
      ? `- T${disks.slice(1)}`
      : `- On ${names.map((name) => `\`${name}\``).join(', ')} ${disks}`,
  );
}
