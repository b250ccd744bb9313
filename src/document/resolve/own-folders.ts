import type { EtcdSpec } from '../../cluster-spec.js';
import { isWithin } from '../../text/path.js';

/**
 * The folder of etcd's own that a path lies in: etcd makes it, and considers everything in it its own.
 *
 * @internal
 */
export function ownFolderOf(
  path: string,
  { dataDir, walDir }: Pick<EtcdSpec, 'dataDir' | 'walDir'>,
): string | undefined {
  if (isWithin(path, dataDir)) return dataDir;
  return walDir !== undefined && isWithin(path, walDir) ? walDir : undefined;
}
