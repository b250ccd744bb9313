import { filesOn, type Manifest, type ManifestFile } from '../bundle/manifest/manifest.js';
import type { MemberSpec } from '../cluster-spec.js';

/**
 * Files that are on the hosts alone, and on all members alike.
 *
 * @internal
 */
export interface BorrowedFiles {
  /** The member that has them. */
  readonly from: MemberSpec;
  /** As the manifest describes them there. */
  readonly files: readonly ManifestFile[];
}

/**
 * What a member that joins gets from one that is there: the key of the tokens, which is never read back.
 *
 * @param present - members that run
 * @returns undefined where it needs nothing
 * @internal
 */
export function borrowedFiles(manifest: Manifest, [from]: readonly MemberSpec[]): BorrowedFiles | undefined {
  if (from === undefined) return undefined;
  const files = filesOn(manifest, from.name, 'token-key');
  return files.length === 0 ? undefined : { from, files };
}
