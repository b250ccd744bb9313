import { dirname, join } from 'node:path';
import { systemErrorCode } from '../system-error.js';
import type { FileSystem } from './file-system.js';
import { inodeAt, move } from './move.js';
import type { PinnedFileSystem } from './pinned.js';
import { exists } from './run-identity.js';
import {
  findLeftovers,
  type Journal,
  type JournalEntry,
  type Leftover,
  readJournal,
  removeStaging,
  type Staging,
  stagingPid,
} from './staging.js';

/**
 * Undoes what killed runs left half done in a folder and removes their staging folders. What belongs to a run that may still be at
 * work is left alone.
 *
 * @returns paths of staging folders that stay: another machine's, damaged ones, or ones that cannot be undone
 * @internal
 */
export async function recoverLeftovers(fs: PinnedFileSystem, folder: string): Promise<string[]> {
  const left: string[] = [];
  for (const leftover of await findLeftovers(fs, folder)) {
    if (leftover.state === 'running') continue;
    const isUndone = leftover.state === 'over' && (await undoMove(fs, leftover));
    if (isUndone) await removeStaging(fs, leftover);
    else if (!(await removedEmpty(fs, leftover))) left.push(leftover.folder);
  }
  return left;
}

/** A run that was killed at its very beginning or end leaves a folder with nothing in it: only that can be removed so. */
async function removedEmpty(fs: FileSystem, { folder, state }: Leftover): Promise<boolean> {
  if (state !== 'unknown' || exists(stagingPid(folder))) return false;
  return fs.rmdir(folder).then(
    () => true,
    () => false,
  );
}

async function undoMove(fs: FileSystem, staging: Staging): Promise<boolean> {
  try {
    await undoJournal(fs, staging);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}

async function undoJournal(fs: FileSystem, staging: Staging): Promise<void> {
  const journal = await readJournal(fs, staging);
  if (journal?.move === 'replace') await undoReplacing(fs, staging, journal);
  if (journal?.move === 'entries') await undoMovedEntries(fs, staging, journal.entries);
}

/**
 * Takes a former bundle that was set aside back to its place, unless something is there.
 *
 * @internal
 */
export async function undoReplacing(
  fs: FileSystem,
  staging: Staging,
  { target, previous, ino }: Extract<Journal, { move: 'replace' }>,
): Promise<void> {
  const parent = dirname(staging.folder);
  if ((await inodeAt(fs, join(parent, target))) !== undefined) return;
  if ((await inodeAt(fs, join(parent, previous))) !== ino) return;
  await move(fs, join(parent, previous), join(parent, target));
}

/**
 * Takes entries that were moved out of a staging folder back into it, unless all of them were.
 *
 * @internal
 */
export async function undoMovedEntries(
  fs: FileSystem,
  staging: Staging,
  entries: readonly JournalEntry[],
): Promise<void> {
  const parent = dirname(staging.folder);
  const staged = new Set(await fs.readdir(staging.content));
  if (staged.size === 0) return;
  for (const { name, ino } of entries) {
    const moved = join(parent, name);
    if (staged.has(name)) await removePlaceholder(fs, moved);
    else if ((await inodeAt(fs, moved)) === ino) await move(fs, moved, join(staging.content, name));
  }
}

/** Removes the empty file or folder that reserves a name before the real one is renamed over it. */
async function removePlaceholder(fs: FileSystem, path: string): Promise<void> {
  try {
    const status = await fs.lstat(path);
    if (status.isDirectory()) await fs.rmdir(path);
    else if (status.size === 0) await fs.unlink(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
