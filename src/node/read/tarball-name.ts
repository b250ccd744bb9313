import { entryNameFault } from '../../text/entry-name.js';

/**
 * A tarball's name without its suffixes.
 *
 * @internal
 */
export function rootName(path: string): string {
  return path.replace(/\.(?:tar\.gz|tgz|tar)$/, '');
}

/**
 * Why a manifest's path of a tarball is not the name of a file beside it: a clause, such as `has a "/"`.
 *
 * @internal
 */
export function tarballNameFault(path: string): string | undefined {
  return path.includes('/') ? 'has a "/"' : entryNameFault(path);
}
