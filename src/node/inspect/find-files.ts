import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../../errors.js';
import { octal } from '../../text/octal.js';
import { readRegularFile } from '../read/regular-file.js';
import { readTarball } from '../read/tarball.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { kindOf } from './file-kind.js';

/**
 * A file on disk or in a tarball.
 *
 * @internal
 */
export interface FoundFile {
  readonly tarball?: string;
  readonly path: string;
  readonly mode: string;
  readonly owner?: string;
  readonly bytes: Uint8Array;
}

/** The tarball of a member whose programs travel in it has some 60 MB. */
const MAX_FILE = 128 * 2 ** 20;
const MAX_FILES = 10_000;

/**
 * A file, or all files below a folder, one at a time; a tarball is followed by what it holds. Links are not followed.
 *
 * @param issues - takes what cannot be read
 * @internal
 */
export async function* findFiles(path: string, issues: Issue[]): AsyncGenerator<FoundFile, void, undefined> {
  for (const file of await listFiles(path)) {
    const shown = file === path ? basename(path) : relative(path, file);
    const found = await readOne(file, file === path);
    if (typeof found === 'string') {
      issues.push({ code: 'unreadable-file', path: shown, message: `It ${found}.`, cure: 'Leave it out.' });
      continue;
    }
    yield { path: shown, ...found };
    if (kindOf(found.bytes) === 'tarball') yield* tarballFiles(found.bytes, shown, issues);
  }
}

async function* tarballFiles(
  bytes: Uint8Array,
  tarball: string,
  issues: Issue[],
): AsyncGenerator<FoundFile, void, undefined> {
  try {
    for (const { path, mode, owner, bytes: content } of await readTarball(bytes, tarball))
      yield { tarball, path, mode: octal(mode), owner: `${owner.user}:${owner.group}`, bytes: content };
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    for (const issue of error.issues) issues.push(issue);
  }
}

/** The file, or why it was not read; below a folder one of them does not end the reading. */
async function readOne(path: string, isNamed: boolean): Promise<Pick<FoundFile, 'mode' | 'bytes'> | string> {
  try {
    const file = await readRegularFile(path, { limit: MAX_FILE });
    return file.type === 'file' ? { mode: octal(file.mode), bytes: file.bytes } : file.why;
  } catch (error) {
    if (isNamed) throw describeSystemError(error, 'read it');
    return path.includes('\uFFFD')
      ? 'has a name that is not UTF-8'
      : `cannot be read (${systemErrorCode(error) ?? 'unknown error'})`;
  }
}

async function listFiles(path: string): Promise<readonly string[]> {
  const files = await listEntries(path);
  if (files === undefined) return [path];
  if (files.length <= MAX_FILES) return files.toSorted();
  const message = `The folder holds more than ${MAX_FILES} files.`;
  throw refused({
    code: 'too-many-files',
    path,
    message,
    cure: 'Name a bundle, a tarball or a certificate in it.',
  });
}

/** Everything below a folder; undefined for what is none. What cannot be listed below it is told as a file that cannot be read. */
async function listEntries(path: string): Promise<readonly string[] | undefined> {
  try {
    if (!(await lstat(path)).isDirectory()) return undefined;
    return await filesBelow(path, await readdir(path, { withFileTypes: true }));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw describeSystemError(error, 'read it');
    throw refused({
      code: 'no-such-file',
      path,
      message: 'There is nothing there.',
      cure: 'Check the path.',
    });
  }
}

async function filesBelow(folder: string, entries: readonly Dirent[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (files.length > MAX_FILES) break;
    if (entry.isFile()) files.push(path);
    if (!entry.isDirectory()) continue;
    const inner = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (inner === undefined) files.push(path);
    else for (const file of await filesBelow(path, inner)) files.push(file);
  }
  return files;
}

function refused(issue: Issue): EtcdBundleError {
  return new EtcdBundleError('invalid-bundle', [issue]);
}
