import { constants } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { systemErrorCode } from '../system-error.js';
import type { FileStatus, FileSystem } from './file-system.js';
import { outputRefused } from './refused.js';
import { isStagingName } from './staging.js';

/**
 * What is in the place of the output folder.
 *
 * @internal
 */
export type OutputTarget =
  | { readonly state: 'absent'; readonly path: string }
  /** `isMovable`: another folder may be renamed over it. A mount point may not, nor the folder that a shell is in. */
  | { readonly state: 'empty'; readonly path: string; readonly mode: number; readonly isMovable: boolean }
  | { readonly state: 'bundle'; readonly path: string; readonly dev: number; readonly ino: number };

/** What mke2fs(8) leaves in the root of a new file system. */
const NOT_CONTENT = 'lost+found';
const MANIFEST = 'bundle.json';
/** As many as the kernel follows (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * Looks at the place of the output folder; links are followed.
 *
 * @throws EtcdBundleError `output-refused` where something is there that must not be overwritten
 * @internal
 */
export async function findTarget(fs: FileSystem, directory: string, force: boolean): Promise<OutputTarget> {
  const { path, isLinked } = await findPlace(fs, directory);
  const status = await statOrAbsent(fs, path);
  if (status === undefined) {
    if (isLinked)
      throw outputRefused(
        directory,
        'It is a link that leads nowhere.',
        'Remove it, or choose another folder.',
      );
    await refuseUnusableParent(fs, path);
    return { state: 'absent', path };
  }
  if (!status.isDirectory()) throw outputRefused(path, 'It is not a folder.', 'Choose another folder.');
  const names = await fs.readdir(path);
  const isFixed = await isMountPointOrCurrent(fs, path, status);
  if (names.every((name) => name === NOT_CONTENT || isStagingName(name))) {
    const isMovable =
      names.length === 0 && !isFixed && isOwn(status) && (await isWritable(fs, dirname(path)));
    if (!isMovable) await fs.access(path, constants.W_OK | constants.X_OK);
    return { state: 'empty', path, mode: status.mode & 0o7777, isMovable };
  }
  await refuseOccupied(fs, path, force);
  if (isFixed) {
    const message = 'The folder cannot be set aside: it is a mount point or the current folder.';
    throw outputRefused(path, message, 'Choose another folder.');
  }
  await fs.access(dirname(path), constants.W_OK | constants.X_OK);
  return { state: 'bundle', path, dev: status.dev, ino: status.ino };
}

/**
 * Where a path leads, also where nothing is there yet.
 *
 * @internal
 */
export async function findPlace(
  fs: FileSystem,
  directory: string,
): Promise<{ readonly path: string; readonly isLinked: boolean }> {
  let path = resolve(directory);
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const status = await statOrAbsent(fs, path, 'lstat');
    if (status === undefined || !status.isSymbolicLink()) return { path, isLinked: links > 0 };
    path = resolve(await fs.realpath(dirname(path)), await fs.readlink(path));
  }
  throw outputRefused(
    directory,
    'It is a link that leads to itself.',
    'Remove it, or choose another folder.',
  );
}

async function statOrAbsent(
  fs: FileSystem,
  path: string,
  how: 'stat' | 'lstat' = 'stat',
): Promise<FileStatus | undefined> {
  try {
    return await fs[how](path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOTDIR')
      throw outputRefused(path, 'A folder above it is a file.', 'Choose another folder.');
    if (code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** The nearest folder above that exists must take a new entry: better known before keys are generated. */
async function refuseUnusableParent(fs: FileSystem, path: string): Promise<void> {
  const parent = dirname(path);
  const status = await statOrAbsent(fs, parent);
  if (status === undefined && parent !== path) return refuseUnusableParent(fs, parent);
  await fs.access(parent, constants.W_OK | constants.X_OK);
}

async function refuseOccupied(fs: FileSystem, path: string, force: boolean): Promise<void> {
  const isBundle = await holdsBundle(fs, path);
  if (force && isBundle) return;
  const cure = isBundle
    ? `Choose another folder, or use --force: the bundle in it is kept as ${basename(path)}.previous-<n>.`
    : 'Choose another folder: --force replaces a folder that holds a bundle, and nothing else.';
  throw outputRefused(path, 'The folder is not empty.', cure);
}

async function holdsBundle(fs: FileSystem, path: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(Buffer.from(await fs.readFile(join(path, MANIFEST))).toString());
    return typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest);
  } catch {
    return false;
  }
}

async function isMountPointOrCurrent(fs: FileSystem, path: string, status: FileStatus): Promise<boolean> {
  const [parent, current] = await Promise.all([fs.stat(dirname(path)), statOrAbsent(fs, '.')]);
  return parent.dev !== status.dev || (current?.dev === status.dev && current.ino === status.ino);
}

/** Another user's folder stays his: renaming over it would make it ours. */
function isOwn(status: FileStatus): boolean {
  return process.geteuid === undefined || status.uid === process.geteuid();
}

async function isWritable(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.access(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
