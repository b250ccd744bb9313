import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseBoundedJson } from '../../text/bounded-json.js';
import { systemErrorCode } from '../system-error.js';
import type { FileStatus } from './file-status.js';
import type { FileSystem } from './file-system.js';
import { isOwn, isWritableByOthers } from './own.js';
import type { PinnedFileSystem } from './pinned.js';
import type { OutputPlace } from './place.js';
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

/**
 * Which folder that holds something may be set aside.
 *
 * @internal
 */
export interface Replacing {
  /** Whether a bundle may be. */
  readonly force: boolean;
  /** Whether the files that are written begin with a look at what is there: then it is not looked at here. */
  readonly isChecked?: boolean | undefined;
}

/** What mke2fs(8) leaves in the root of a new file system. */
const NOT_CONTENT = 'lost+found';
const MANIFEST = 'bundle.json';

/**
 * Looks at the place of the output folder.
 *
 * @param passedOver - names in it that are not looked at
 * @throws EtcdBundleError `output-refused` where something is there that must not be overwritten
 * @internal
 */
export async function findTarget(
  { fs, path, missing }: OutputPlace,
  replacing: Replacing,
  passedOver: ReadonlySet<string> = new Set(),
): Promise<OutputTarget> {
  const status = missing.length > 0 ? undefined : await statusOrAbsent(fs, path);
  if (status === undefined) {
    // The nearest folder above that exists must take a new entry: better known before keys are generated.
    await fs.access(dirname(missing[0] ?? path), constants.W_OK | constants.X_OK);
    return { state: 'absent', path };
  }
  if (!status.isDirectory())
    throw outputRefused('output-not-a-folder', path, 'It is not a folder.', 'Choose another folder.');
  await fs.pin(path);
  const names = (await fs.readdir(path)).filter((name) => !passedOver.has(name));
  const isFixed = await isMountPointOrCurrent(fs, path, status);
  if (names.every((name) => name === NOT_CONTENT || isStagingName(name))) {
    if (!isOwn(status) && isWritableByOthers(status)) {
      const message = `Others may write to the folder, which belongs to another user (uid ${status.uid}).`;
      throw outputRefused(
        'output-folder-of-another-user',
        path,
        message,
        'Name a new folder in it, or choose another one.',
      );
    }
    const isMovable =
      names.length === 0 && !isFixed && isOwn(status) && (await isWritable(fs, dirname(path)));
    if (!isMovable) await fs.access(path, constants.W_OK | constants.X_OK);
    return { state: 'empty', path, mode: status.mode & 0o7777, isMovable };
  }
  await refuseOccupied(fs, path, replacing);
  if (isFixed) {
    const message = 'The folder cannot be set aside: it is a mount point or the current folder.';
    throw outputRefused('output-not-movable', path, message, 'Choose another folder.');
  }
  await fs.access(dirname(path), constants.W_OK | constants.X_OK);
  return { state: 'bundle', path, dev: status.dev, ino: status.ino };
}

/**
 * Holds a folder where there is one.
 *
 * @internal
 */
export async function holdFolder(fs: PinnedFileSystem, path: string): Promise<boolean> {
  if ((await statusOrAbsent(fs, path))?.isDirectory() !== true) return false;
  await fs.pin(path);
  return true;
}

/**
 * @param lies - where the folder of that path is at the moment
 * @throws EtcdBundleError `output-refused` for a folder that holds something, unless it is a bundle and may be set aside
 * @internal
 */
export async function refuseOccupied(
  fs: FileSystem,
  path: string,
  { force, isChecked = false }: Replacing,
  lies: string = path,
): Promise<void> {
  const isBundle = isChecked || (await holdsBundle(fs, lies));
  if (force && isBundle) return;
  const cure = isBundle
    ? `Choose another folder; only generate --force replaces a bundle, and keeps it as ${basename(path)}.previous-<n>.`
    : 'Choose another folder; generate --force replaces a folder that holds a bundle, and nothing else.';
  throw outputRefused(
    isBundle ? 'output-holds-bundle' : 'output-not-empty',
    path,
    'The folder is not empty.',
    cure,
  );
}

async function holdsBundle(fs: FileSystem, path: string): Promise<boolean> {
  try {
    const manifest = parseBoundedJson(Buffer.from(await fs.readFile(join(path, MANIFEST))).toString());
    return typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest);
  } catch {
    return false;
  }
}

async function statusOrAbsent(fs: FileSystem, path: string): Promise<FileStatus | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}

async function isMountPointOrCurrent(fs: FileSystem, path: string, status: FileStatus): Promise<boolean> {
  const [parent, current] = await Promise.all([fs.stat(dirname(path)), fs.stat('.').catch(() => undefined)]);
  return parent.dev !== status.dev || (current?.dev === status.dev && current.ino === status.ino);
}

async function isWritable(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.access(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
