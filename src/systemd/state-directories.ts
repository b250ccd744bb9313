import { parentOf } from '../text/path.js';
import { trimEnd } from '../text/trim-end.js';

/**
 * Where etcd keeps what must not be lost.
 *
 * @internal
 */
export interface StateDirectories {
  /** Absolute and normalised, as `walDir`. */
  readonly dataDir: string;
  readonly walDir?: string;
}

/**
 * The directories that etcd has to write to, none inside another. Of a write-ahead log apart that is the directory it lies in: etcd
 * makes `<walDir>.tmp`, removes `walDir` and gives it its name (etcd `server/storage/wal/wal.go`, Create).
 *
 * @internal
 */
export function writableDirectories(state: StateDirectories): string[] {
  const dataDir = trim(state.dataDir);
  const parent = parentOfWal(state);
  if (parent === undefined) return [dataDir];
  return isInside(dataDir, parent) ? [parent] : [dataDir, parent];
}

/** Where it is not inside the data directory, which is the service's with all that is in it. */
function parentOfWal({ dataDir, walDir }: StateDirectories): string | undefined {
  if (walDir === undefined || isInside(trim(walDir), trim(dataDir))) return undefined;
  return parentOf(trim(walDir));
}

function isInside(path: string, directory: string): boolean {
  return path !== directory && path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

function trim(path: string): string {
  return path.slice(0, 1) + trimEnd(path.slice(1), '/');
}
