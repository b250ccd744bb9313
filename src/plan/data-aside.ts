import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { withOwnFolders } from '../etcd/own-folders.js';
import { walDirectory } from '../etcd/wal-directory.js';
import { shellWord } from '../text/shell-word.js';

/**
 * The folders without which etcd starts as a member that has never run.
 *
 * @internal
 */
export function dataFolders(
  spec: ClusterSpec,
  member: MemberSpec,
): readonly [data: string, ...log: string[]] {
  const own = withOwnFolders(spec, member);
  const walDir = walDirectory(own);
  return [`${own.etcd.dataDir}/member`, ...(walDir === undefined ? [] : [walDir])];
}

/**
 * Parts of a line that put the data of a member that is stopped where etcd does not find it, on the same disk; they do nothing where there is
 * none.
 *
 * @param generation - of the bundle that the data is from
 * @internal
 */
export function setDataAside(spec: ClusterSpec, member: MemberSpec, generation: number): readonly string[] {
  return dataFolders(spec, member).map(
    (folder) =>
      `{ [ ! -e ${shellWord(folder)} ] || mv -T ${[folder, `${folder}.generation-${generation}`].map(shellWord).join(' ')}; }`,
  );
}
