import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FileSystem, OpenFile } from './file-system.js';
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
  /** `content` replaces the folder `target` beside the staging folder, which is moved to `previous` first. */
  | { readonly move: 'replace'; readonly target: string; readonly previous: string }
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

/** @internal */
export function isStagingName(name: string): boolean {
  return NAME.test(name);
}

/** @internal */
export async function createStaging(fs: FileSystem, parent: string): Promise<Staging> {
  const folder = join(parent, `.etcd-bundle-${process.pid}-${randomBytes(6).toString('hex')}`);
  const staging = stagingAt(folder);
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
    await fs.rm(staging.content, { recursive: true, force: true });
    await fs.rm(staging.folder, { recursive: true, force: true });
  } catch {
    return;
  }
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
 * The staging folders in a folder. Somebody else's by that name, in a folder like /tmp, is none: it must not tell us what to move.
 *
 * @internal
 */
export async function findLeftovers(fs: FileSystem, parent: string): Promise<Leftover[]> {
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
 * Makes a folder with exactly this mode, regardless of the umask.
 *
 * @internal
 */
export async function makeFolder(fs: FileSystem, path: string, mode: number): Promise<void> {
  await fs.mkdir(path, mode);
  try {
    await fs.chmod(path, mode);
  } catch (error) {
    await fs.rmdir(path);
    throw error;
  }
}

/** @internal */
export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function stagingAt(folder: string): Staging {
  return { folder, content: join(folder, 'content') };
}

async function isOurs(fs: FileSystem, folder: string): Promise<boolean> {
  try {
    const status = await fs.lstat(folder);
    return status.isDirectory() && (process.geteuid === undefined || status.uid === process.geteuid());
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
  if (value.move === 'replace' && 'target' in value && 'previous' in value) {
    const { target, previous } = value;
    return isName(target) && isName(previous) ? { move: 'replace', target, previous } : undefined;
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
