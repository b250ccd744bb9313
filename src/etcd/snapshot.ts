import type { EtcdVersion } from '../cluster-spec.js';
import { firstPatch, isInSpan, type ReleaseSpan } from './release-span.js';

/**
 * Where a snapshot lies, on a host and on the operator's machine.
 *
 * @internal
 */
export const SNAPSHOT_PATH = '/var/tmp/snapshot.db';

/** etcd `etcdutl/main.go`; etcdctl did its work before, and refuses it from 3.6 on. */
const ETCDUTL: ReleaseSpan = { since: '3.5' };
/** etcd CHANGELOG-3.4 (v3.4.27) and CHANGELOG-3.5 (v3.5.10). */
const REVISION_BUMP: ReleaseSpan = { since: { '3.4': 27, '3.5': 10 } };
/** More than were written since the snapshot, and the figure of etcd's own pages ("Disaster recovery", Restoring with revision bump). */
const BUMP = '--bump-revision=1000000000 --mark-compacted';

/**
 * The program that reads and restores snapshot files.
 *
 * @internal
 */
export function snapshotProgram(version: EtcdVersion): 'etcdctl' | 'etcdutl' {
  return isInSpan(version, ETCDUTL) ? 'etcdutl' : 'etcdctl';
}

/**
 * Flags with which revisions go on above all that clients have seen, and those before the restore count as compacted, so that no client takes
 * what it remembers for what is there. Where the patch is not known the program itself is asked.
 *
 * @param program - path of the program that restores
 * @returns words of a shell, or nothing where it does not know them
 * @internal
 */
export function revisionFlags(version: EtcdVersion, program: string): string | undefined {
  if (version.patch !== undefined) return isInSpan(version, REVISION_BUMP) ? BUMP : undefined;
  return firstPatch(version.release, REVISION_BUMP) === 0
    ? BUMP
    : `$(${program} snapshot restore --help 2>&1 | grep -q -e --bump-revision && echo ${BUMP})`;
}
