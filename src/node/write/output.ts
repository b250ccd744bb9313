import { dirname, join } from 'node:path';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { type FileSystem, nodeFileSystem } from './file-system.js';
import { fillFolder } from './fill.js';
import type { OutputFile } from './output-file.js';
import { publishEntries, publishFolder, publishReplacing } from './publish.js';
import { recoverLeftovers } from './recover.js';
import { createStaging, makeFolder, removeStaging, type Staging } from './staging.js';
import { findPlace, findTarget, type OutputTarget } from './target.js';
import { type OutputSignal, untilAborted } from './until-aborted.js';

/** @public */
export interface OutputOptions {
  /** Sets a bundle that is in the folder aside instead of refusing. Default: false. */
  readonly force?: boolean | undefined;
  /** Ends the writing and leaves everything as it was, up to the moment at which the folder is put in its place. */
  readonly signal?: OutputSignal | undefined;
}

/** @public */
export interface OutputResult {
  /** Absolute path of the folder, links followed. */
  readonly directory: string;
  /** Paths relative to the folder, in the order written. */
  readonly files: readonly string[];
  /** Where the former bundle is now, when `force` set one aside. */
  readonly previous?: string;
  /** Staging folders that another machine's or a damaged run left: nobody else will remove them. */
  readonly leftovers: readonly string[];
}

/**
 * Whether {@link writeOutput} would accept the folder as it is now: absent, empty, or, with `force`, a bundle. Asked before keys are
 * generated, so that none is generated in vain. What a killed run left half done is undone first.
 *
 * @param directory - relative to the working folder of the process, or absolute
 * @throws EtcdBundleError `output-refused` with what to do instead, or `system`
 * @public
 */
export async function checkOutputFolder(directory: string, options: OutputOptions = {}): Promise<void> {
  await checkOutputFolderWith(nodeFileSystem, directory, options);
}

/**
 * Writes a folder as a whole. The files are written to a private folder next to it, synced and renamed into place: whatever
 * happens, the folder is unchanged or complete. A new folder has mode 0755, `ca` in it 0700, regardless of the umask.
 *
 * A folder that cannot be renamed over (a mount point, the current folder, a folder whose parent is not writable) is filled entry
 * by entry instead, its manifest last. There, and between the two renames of `force`, a SIGKILL can leave half a move; the next
 * run undoes it.
 *
 * @param files - in the order in which they are to be written, `ca/` first; consumed as it comes, so memory stays flat
 * @throws EtcdBundleError `output-refused` where the folder must not be overwritten or another run was faster, `system` with path and
 * cure where the machine fails; whatever `files` throws; the signal's reason
 * @public
 */
export async function writeOutput(
  directory: string,
  files: Iterable<OutputFile> | AsyncIterable<OutputFile>,
  options: OutputOptions = {},
): Promise<OutputResult> {
  return writeOutputWith(nodeFileSystem, directory, files, options);
}

/**
 * {@link checkOutputFolder} on a given file system.
 *
 * @internal
 */
export async function checkOutputFolderWith(
  fs: FileSystem,
  directory: string,
  options: OutputOptions,
): Promise<void> {
  try {
    await recoverAround(fs, directory);
    await findTarget(fs, directory, options.force ?? false);
  } catch (error) {
    throw describeSystemError(error, 'use the output folder');
  }
}

/**
 * {@link writeOutput} on a given file system.
 *
 * @internal
 */
export async function writeOutputWith(
  fs: FileSystem,
  directory: string,
  files: Iterable<OutputFile> | AsyncIterable<OutputFile>,
  options: OutputOptions,
): Promise<OutputResult> {
  const made: string[] = [];
  try {
    options.signal?.throwIfAborted();
    const leftovers = await recoverAround(fs, directory);
    const target = await findTarget(fs, directory, options.force ?? false);
    if (target.state === 'absent') await makeParents(fs, dirname(target.path), made);
    const written = await writeTo(fs, target, untilAborted(files, options.signal));
    return { directory: target.path, leftovers, ...written };
  } catch (error) {
    for (const path of made) await fs.rmdir(path).catch(() => undefined);
    throw describeSystemError(error, 'write the output folder');
  }
}

async function writeTo(
  fs: FileSystem,
  target: OutputTarget,
  files: AsyncIterable<OutputFile>,
): Promise<Pick<OutputResult, 'files' | 'previous'>> {
  const isInside = target.state === 'empty' && !target.isMovable;
  const staging = await createStaging(fs, isInside ? target.path : dirname(target.path));
  try {
    const paths = await fillFolder(fs, staging.content, files);
    if (target.state === 'bundle')
      return { files: paths, previous: await publishReplacing(fs, staging, target) };
    if (isInside) await publishEntries(fs, staging);
    else await publishOver(fs, staging, target, paths);
    return { files: paths };
  } finally {
    await removeStaging(fs, staging);
  }
}

async function publishOver(
  fs: FileSystem,
  staging: Staging,
  target: Exclude<OutputTarget, { state: 'bundle' }>,
  paths: readonly string[],
): Promise<void> {
  try {
    await publishFolder(fs, staging, target);
  } catch (error) {
    const code = systemErrorCode(error);
    // A mount of the same file system, or another user's folder in a sticky one: only rename(2) tells.
    const isUnmovable = code === 'EBUSY' || code === 'EXDEV' || code === 'EPERM' || code === 'EACCES';
    if (target.state !== 'empty' || !isUnmovable) throw error;
    await writeTo(fs, { ...target, isMovable: false }, readStaged(fs, staging, paths));
  }
}

async function* readStaged(
  fs: FileSystem,
  staging: Staging,
  paths: readonly string[],
): AsyncGenerator<OutputFile, void, undefined> {
  for (const path of paths) {
    const file = join(staging.content, path);
    yield { path, mode: (await fs.lstat(file)).mode & 0o7777, bytes: await fs.readFile(file) };
  }
}

async function recoverAround(fs: FileSystem, directory: string): Promise<string[]> {
  const { path } = await findPlace(fs, directory);
  return [...(await recoverLeftovers(fs, dirname(path))), ...(await recoverLeftovers(fs, path))];
}

async function makeParents(fs: FileSystem, path: string, made: string[]): Promise<void> {
  try {
    await makeParent(fs, path, made);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    await makeParents(fs, dirname(path), made);
    // Not once more from the start: some folders, as those of /proc, answer ENOENT for ever.
    await makeParent(fs, path, made);
  }
}

async function makeParent(fs: FileSystem, path: string, made: string[]): Promise<void> {
  try {
    await makeFolder(fs, path, 0o755);
    made.unshift(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}
