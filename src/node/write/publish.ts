import { basename, dirname, join } from 'node:path';
import { largest } from '../../text/largest.js';
import { systemErrorCode } from '../system-error.js';
import type { FileSystem } from './file-system.js';
import { move } from './move.js';
import { withoutOthersWriting } from './own.js';
import type { PinnedFileSystem } from './pinned.js';
import { undoMovedEntries, undoReplacing } from './recover.js';
import { raced } from './refused.js';
import { type JournalEntry, makeFolder, type Staging, syncFolder, writeJournal } from './staging.js';
import type { OutputTarget } from './target.js';

/** The manifest makes a folder a bundle, so it comes last; an authority is in place before what it signed. */
const FIRST = 'ca';
const LAST = 'bundle.json';

/**
 * Moves a filled staging folder to the place of an absent or empty folder: one rename(2), so another run that was faster makes
 * this one fail with nothing mixed. The mode of an empty folder stays, but that others may write to it.
 *
 * @internal
 */
export async function publishFolder(fs: FileSystem, staging: Staging, target: OutputTarget): Promise<void> {
  if (target.state === 'empty') await fs.chmod(staging.content, withoutOthersWriting(target.mode));
  try {
    await move(fs, staging.content, target.path);
  } catch (error) {
    throw isTaken(error) ? raced(target.path) : error;
  }
  await syncFolder(fs, dirname(target.path));
}

/**
 * Moves the former bundle to `<name>.previous-<n>` beside it, and the new one to its place.
 *
 * @param keepJournal - called where the former bundle could not be put back
 * @returns where the former bundle is now
 * @internal
 */
export async function publishReplacing(
  fs: FileSystem,
  staging: Staging,
  target: Extract<OutputTarget, { state: 'bundle' }>,
  keepJournal: () => void,
): Promise<string> {
  const previous = await freeName(fs, target.path);
  const { ino } = target;
  const journal = {
    move: 'replace',
    target: basename(target.path),
    previous: basename(previous),
    ino,
  } as const;
  await writeJournal(fs, staging, journal);
  try {
    const status = await fs.lstat(target.path);
    if (status.dev !== target.dev || status.ino !== ino) throw raced(target.path);
    await move(fs, target.path, previous);
  } catch (error) {
    // Set aside by another run, which is to put its own in the place: nothing of that is taken back here.
    throw isTaken(error) || systemErrorCode(error) === 'ENOENT' ? raced(target.path) : error;
  }
  try {
    await move(fs, staging.content, target.path);
  } catch (error) {
    await undoReplacing(fs, staging, journal).catch(keepJournal);
    throw isTaken(error) ? raced(target.path) : error;
  }
  await syncFolder(fs, dirname(target.path));
  return previous;
}

/**
 * Moves the entries of a filled staging folder into the folder that it is in. Each name is reserved first, because rename(2)
 * silently replaces a file. The folder keeps its mode, but that others may write to it.
 *
 * @param mode - the folder's
 * @param keepJournal - called where entries could not be taken back
 * @internal
 */
export async function publishEntries(
  fs: PinnedFileSystem,
  staging: Staging,
  mode: number,
  keepJournal: () => void,
): Promise<void> {
  const folder = dirname(staging.folder);
  const entries: JournalEntry[] = [];
  for (const name of (await fs.readdir(staging.content)).sort(inOrder)) {
    entries.push({ name, ino: (await fs.lstat(join(staging.content, name))).ino });
  }
  await writeJournal(fs, staging, { move: 'entries', entries });
  const reserved: JournalEntry[] = [];
  const isLoose = withoutOthersWriting(mode) !== mode;
  try {
    if (isLoose) await fs.chmod(folder, withoutOthersWriting(mode));
    for (const entry of entries) {
      const from = join(staging.content, entry.name);
      const to = join(folder, entry.name);
      await reserve(fs, from, to).catch((error: unknown) => {
        if (!isTaken(error)) reserved.push(entry);
        throw error;
      });
      reserved.push(entry);
      await move(fs, from, to);
    }
  } catch (error) {
    // Of the other names each may be the faster run's, which is still at work.
    await undoMovedEntries(fs, staging, reserved).catch(keepJournal);
    if (isLoose) await fs.chmod(folder, mode).catch(() => undefined);
    throw isTaken(error) ? raced(folder) : error;
  }
  await syncFolder(fs, folder);
}

async function reserve(fs: PinnedFileSystem, from: string, to: string): Promise<void> {
  if ((await fs.lstat(from)).isDirectory()) await makeFolder(fs, to, 0o700);
  else await (await fs.open(to, 'wx', 0o600)).close();
}

async function freeName(fs: FileSystem, path: string): Promise<string> {
  const prefix = `${basename(path)}.previous-`;
  const numbers = (await fs.readdir(dirname(path)))
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter((number) => Number.isSafeInteger(number));
  return `${path}.previous-${largest(numbers) + 1}`;
}

function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(systemErrorCode(error) ?? '');
}

function inOrder(a: string, b: string): number {
  const rank = (name: string): number => (name === FIRST ? 0 : name === LAST ? 2 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
