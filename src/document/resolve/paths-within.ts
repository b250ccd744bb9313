import type { ClusterSpec } from '../../cluster-spec.js';
import { clusterTokenFiles } from '../../etcd/auth-token.js';
import { isWithin } from '../../text/path.js';

/**
 * A path of the document in a folder where it may not be.
 *
 * @internal
 */
export interface MisplacedPath {
  /** Of the document. */
  readonly key: string;
  readonly path: string;
  readonly folder: string;
}

/**
 * Of some paths, and of the keys that auth-token names, those that lie in one of the folders.
 *
 * @param paths - by the key of the document that has them
 * @internal
 */
export function pathsWithin(
  folders: readonly string[],
  paths: Readonly<Record<string, string | undefined>>,
  spec: Pick<ClusterSpec, 'etcd'>,
): readonly MisplacedPath[] {
  const all = [
    ...Object.entries(paths),
    ...clusterTokenFiles(spec).map((file) => ['etcd.settings.auth-token', file] as const),
  ];
  return all.flatMap(([key, path]) => {
    const folder = path === undefined ? undefined : folders.find((one) => isWithin(path, one));
    return path === undefined || folder === undefined ? [] : [{ key, path, folder }];
  });
}
