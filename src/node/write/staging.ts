import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { systemErrorCode } from '../system-error.js';
import type { FileSystem, OpenFile } from './file-system.js';
import { isOwn } from './own.js';
import type { PinnedFileSystem } from './pinned.js';
import { outputRefused } from './refused.js';
import { currentRun, parseRunIdentity, runState } from './run-identity.js';

/**
 * A private folder that a run fills before anything is moved to where the operator wants it.
 *
 * @internal
 */
export interface Staging {
  /** Mode 0700; holds `run.json`, the journal and `content/`. */
  readonly folder: string;
  /** What becomes the output folder. */
  readonly content: string;
}

/**
 * What a run is about to move, written down before it moves anything, so that a later run can undo half a move.
 *
 * @internal
 */
export type Journal =
  /** `content` replaces the folder `target` beside the staging folder, which has the inode `ino` and is moved to `previous` first. */
  | { readonly move: 'replace'; readonly target: string; readonly previous: string; readonly ino: number }
  /** The entries of `content` go into the folder that the staging folder is in. */
  | { readonly move: 'entries'; readonly entries: readonly JournalEntry[] };

/**
 * A file or folder that moves. Renaming keeps the inode, so it tells ours from another of the same name.
 *
 * @internal
 */
export interface JournalEntry {
  readonly name: string;
  readonly ino: number;
}

/**
 * A staging folder that another run made: `over` may be removed, `running` is at work, of `unknown` nothing can be said.
 *
 * @internal
 */
export interface Leftover extends Staging {
  readonly state: 'over' | 'running' | 'unknown';
}

const NAME = /^\.etcd-bundle-\d+-[0-9a-f]{12}$/;
const RUN = 'run.json';
const JOURNAL = 'journal.json';
/** What fsync(2) of a folder, or opening it for that, answers where there is no such thing: Windows, FAT, some network file systems. */
const NO_FOLDER_SYNC = ['EACCES', 'EINVAL', 'EISDIR', 'ENOSYS', 'ENOTSUP', 'EPERM'];

/** @internal */
export function isStagingName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The process that made a staging folder, on whatever machine.
 *
 * @internal
 */
export function stagingPid(folder: string): number {
  return Number(basename(folder).split('-')[2]);
}

/** @internal */
export async function createStaging(fs: PinnedFileSystem, parent: string): Promise<Staging> {
  const folder = join(parent, `.etcd-bundle-${process.pid}-${randomBytes(6).toString('hex')}`);
  const staging = stagingAt(folder);
  // Only what is held may be cleared: under that name there may be somebody's link by now.
  await makeFolder(fs, folder, 0o700);
  try {
    const run = await createText(fs, join(folder, RUN), JSON.stringify(currentRun()));
    await run.close();
    await makeFolder(fs, staging.content, 0o755);
  } catch (error) {
    await removeStaging(fs, staging);
    throw error;
  }
  return staging;
}

/**
 * Removes a staging folder and ignores failures: the next run recognises what is left.
 *
 * @internal
 */
export async function removeStaging(fs: FileSystem, staging: Staging): Promise<void> {
  try {
    // As a rule it has been moved to its place.
    const isThere = await fs.lstat(staging.content).then(
      () => true,
      (error: unknown) => systemErrorCode(error) !== 'ENOENT',
    );
    if (isThere) await fs.rm(staging.content, { recursive: true, force: true });
    // What tells whose it is comes last.
    for (const name of [JOURNAL, RUN]) await removeFile(fs, join(staging.folder, name));
  } catch {
    // What is empty can be removed all the same.
  }
  await fs.rmdir(staging.folder).catch(() => undefined);
}

/** @internal */
export async function writeJournal(fs: FileSystem, staging: Staging, journal: Journal): Promise<void> {
  const file = await createText(fs, join(staging.folder, JOURNAL), JSON.stringify(journal));
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(fs, staging.folder);
}

/** @internal */
export async function readJournal(fs: FileSystem, staging: Staging): Promise<Journal | undefined> {
  return parseJournal(await readJson(fs, join(staging.folder, JOURNAL)));
}

/**
 * The staging folders in a folder, held from now on. One that this user did not make, or that others may look into, is none: it must not
 * tell us what to move.
 *
 * @internal
 */
export async function findLeftovers(fs: PinnedFileSystem, parent: string): Promise<Leftover[]> {
  const leftovers: Leftover[] = [];
  const names = await fs.readdir(parent).catch(() => []);
  for (const name of names.filter(isStagingName)) {
    const staging = stagingAt(join(parent, name));
    if (!(await isOurs(fs, staging.folder))) continue;
    const run = parseRunIdentity(await readJson(fs, join(staging.folder, RUN)));
    leftovers.push({ ...staging, state: run === undefined ? 'unknown' : runState(run) });
  }
  return leftovers;
}

/**
 * Makes a folder with exactly this mode, regardless of the umask, and holds it.
 *
 * @throws EtcdBundleError `output-refused` where it is not ours: the file system gives it away, or another user was faster
 * @internal
 */
export async function makeFolder(fs: PinnedFileSystem, path: string, mode: number): Promise<void> {
  await fs.mkdir(path, mode);
  try {
    const folder = await fs.pin(path);
    if (!isOwn(await folder.status()))
      throw outputRefused(
        'output-owner-changes',
        path,
        'What is made there belongs to another user.',
        'Choose a folder on a local disk, below one that only you may write to.',
      );
    await fs.chmod(path, mode);
  } catch (error) {
    await fs.rmdir(path).catch(() => undefined);
    throw error;
  }
}

/** @internal */
export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  try {
    const folder = await fs.open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.includes(systemErrorCode(error) ?? '')) throw error;
  }
}

async function removeFile(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

function stagingAt(folder: string): Staging {
  return { folder, content: join(folder, 'content') };
}

async function isOurs(fs: PinnedFileSystem, folder: string): Promise<boolean> {
  try {
    const status = await (await fs.pin(folder)).status();
    return isOwn(status) && (process.geteuid === undefined || (status.mode & 0o777) === 0o700);
  } catch {
    return false;
  }
}

async function createText(fs: FileSystem, path: string, text: string): Promise<OpenFile> {
  const file = await fs.open(path, 'wx', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(Buffer.from(text));
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readJson(fs: FileSystem, path: string): Promise<unknown> {
  try {
    return JSON.parse(Buffer.from(await fs.readFile(path)).toString());
  } catch {
    return undefined;
  }
}

function parseJournal(value: unknown): Journal | undefined {
  if (typeof value !== 'object' || value === null || !('move' in value)) return undefined;
  if (value.move === 'replace' && 'target' in value && 'previous' in value && 'ino' in value) {
    const { target, previous, ino } = value;
    if (!isName(target) || !isName(previous) || typeof ino !== 'number') return undefined;
    return { move: 'replace', target, previous, ino };
  }
  if (value.move !== 'entries' || !('entries' in value) || !Array.isArray(value.entries)) return undefined;
  const entries: readonly unknown[] = value.entries;
  return entries.every(isJournalEntry) ? { move: 'entries', entries } : undefined;
}

function isJournalEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('ino' in value)) return false;
  return isName(value.name) && typeof value.ino === 'number';
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value !== '.' && value !== '..' && !/[/\0]/.test(value);
}
