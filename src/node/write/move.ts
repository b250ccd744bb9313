import { systemErrorCode } from '../system-error.js';
import type { FileSystem } from './file-system.js';

/**
 * rename(2), judged by where things are afterwards: a network file system whose answer was lost asks again, and then says that what it has
 * done failed (rename(2), NFS).
 *
 * @internal
 */
export async function move(fs: FileSystem, from: string, to: string): Promise<void> {
  const { ino } = await fs.lstat(from);
  try {
    await fs.rename(from, to);
  } catch (error) {
    if (!(await hasMoved(fs, from, to, ino))) throw error;
  }
}

/**
 * Inode of what is at a path; undefined where nothing is.
 *
 * @internal
 */
export async function inodeAt(fs: FileSystem, path: string): Promise<number | undefined> {
  try {
    return (await fs.lstat(path)).ino;
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}

async function hasMoved(fs: FileSystem, from: string, to: string, ino: number): Promise<boolean> {
  try {
    return (await inodeAt(fs, to)) === ino && (await inodeAt(fs, from)) === undefined;
  } catch {
    return false;
  }
}
