import type { FileKind, FilePlan } from './file-plan.js';

/** @internal */
export const ROOT: FilePlan['owner'] = { user: 'root', group: 'root' };

/**
 * A text, UTF-8, as a file at an absolute path.
 *
 * @internal
 */
export function textFile(
  absolutePath: string,
  mode: number,
  kind: FileKind,
  text: string,
  owner: FilePlan['owner'] = ROOT,
): FilePlan {
  return { path: absolutePath.slice(1), mode, owner, kind, bytes: new TextEncoder().encode(text) };
}
