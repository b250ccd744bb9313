import { lstat, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../../errors.js';
import { readLimited } from '../read/read-limited.js';
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

const MAX_FILE = 64 * 2 ** 20;
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
    const found = await readOne(file);
    if (found === undefined) {
      issues.push({
        code: 'invalid-value',
        path: shown,
        message: 'It is larger than 64 MiB.',
        cure: 'Leave it out.',
      });
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
    issues.push(...error.issues);
  }
}

async function readOne(path: string): Promise<Pick<FoundFile, 'mode' | 'bytes'> | undefined> {
  try {
    const bytes = await readLimited(path, MAX_FILE);
    return bytes === undefined ? undefined : { mode: octal((await lstat(path)).mode), bytes };
  } catch (error) {
    throw describeSystemError(error, 'read it');
  }
}

async function listFiles(path: string): Promise<readonly string[]> {
  const entries = await listEntries(path);
  if (entries === undefined) return [path];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  if (files.length <= MAX_FILES) return files.sort();
  const message = `The folder holds more than ${MAX_FILES} files.`;
  throw refused({
    code: 'invalid-value',
    path,
    message,
    cure: 'Name a bundle, a tarball or a certificate in it.',
  });
}

async function listEntries(path: string) {
  try {
    return (await lstat(path)).isDirectory()
      ? await readdir(path, { recursive: true, withFileTypes: true })
      : undefined;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw describeSystemError(error, 'read it');
    throw refused({ code: 'missing', path, message: 'There is nothing there.', cure: 'Check the path.' });
  }
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

function refused(issue: Issue): EtcdBundleError {
  return new EtcdBundleError('invalid-bundle', [issue]);
}
