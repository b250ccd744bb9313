import { dirname, join } from 'node:path';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { type FileSystem, nodeFileSystem } from './file-system.js';
import { fillFolder } from './fill.js';
import type { OutputFile, StreamedOutputFile } from './output-file.js';
import { isOwn } from './own.js';
import type { PinnedFileSystem } from './pinned.js';
import { findPlace, type OutputPlace } from './place.js';
import { previewTarget } from './preview-target.js';
import { publishEntries, publishFolder, publishReplacing } from './publish.js';
import { recoverLeftovers } from './recover.js';
import { raced } from './refused.js';
import { refuseReservedPlace } from './reserved-place.js';
import { createStaging, makeFolder, removeStaging, type Staging } from './staging.js';
import { findTarget, holdFolder, type OutputTarget } from './target.js';
import { type OutputSignal, untilAborted } from './until-aborted.js';

/** Bytes of a file that is read at once. */
const MAX_HELD = 2 ** 22;

/**
 * How an output folder is written.
 *
 * @public
 */
export interface OutputOptions {
  /** Sets a bundle that is in the folder aside instead of refusing. Default: false. */
  readonly force?: boolean | undefined;
  /** Ends the writing and leaves everything as it was, up to the moment at which the folder is put in its place. */
  readonly signal?: OutputSignal | undefined;
}

/**
 * How a folder is written that holds a certain bundle.
 *
 * @internal
 */
export interface ReplacingOutputOptions extends OutputOptions {
  /** Whether `files` throws before the first of them where another thing is in the folder, which is held by then. */
  readonly isChecked?: boolean | undefined;
}

/**
 * What became of the output folder.
 *
 * @public
 */
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
 * Whether {@link writeOutput} would accept the folder as it is now: absent, empty, or, with `force`, a bundle. It looks and changes
 * nothing; what a killed run left half done is judged as it will be once that is undone.
 *
 * @param directory - relative to the working folder of the process, or absolute
 * @throws EtcdBundleError `output-refused` with what to do instead, or `system`
 * @example
 * ```ts
 * await checkOutputFolder('bundle'); // before keys are made that nobody could store
 * ```
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
 * @example
 * ```ts
 * const files = generateBundle(spec, { crypto: nodeCryptoProvider(), now, document });
 * const { directory } = await writeOutput('bundle', files);
 * console.log(directory);
 * ```
 * @public
 */
export async function writeOutput(
  directory: string,
  files: Iterable<OutputFile | StreamedOutputFile> | AsyncIterable<OutputFile | StreamedOutputFile>,
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
    const place = await findPlace(fs, directory);
    try {
      await refuseReservedPlace(place, options.force ?? false);
      await previewTarget(place, options.force ?? false);
    } finally {
      await place.fs.release();
    }
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
  files: Iterable<OutputFile | StreamedOutputFile> | AsyncIterable<OutputFile | StreamedOutputFile>,
  options: ReplacingOutputOptions,
): Promise<OutputResult> {
  const { force = false, isChecked } = options;
  try {
    options.signal?.throwIfAborted();
    const place = await findPlace(fs, directory);
    const made: string[] = [];
    try {
      await refuseReservedPlace(place, force);
      const leftovers = await recoverAround(place);
      const target = await findTarget(place, { force, isChecked });
      for (const path of place.missing) await makeParent(place.fs, path, made);
      const written = await writeTo(place.fs, target, untilAborted(files, options.signal));
      return { directory: target.path, leftovers, ...written };
    } catch (error) {
      for (const path of made) await place.fs.rmdir(path).catch(() => undefined);
      throw error;
    } finally {
      await place.fs.release();
    }
  } catch (error) {
    throw describeSystemError(error, 'write the output folder');
  }
}

async function writeTo(
  fs: PinnedFileSystem,
  target: OutputTarget,
  files: AsyncIterable<OutputFile | StreamedOutputFile>,
): Promise<Pick<OutputResult, 'files' | 'previous'>> {
  const isInside = target.state === 'empty' && !target.isMovable;
  const staging = await createStaging(fs, isInside ? target.path : dirname(target.path));
  let isHalfDone = false;
  const keepJournal = (): void => {
    isHalfDone = true;
  };
  try {
    const paths = await fillFolder(fs, staging.content, files);
    if (target.state === 'bundle')
      return { files: paths, previous: await publishReplacing(fs, staging, target, keepJournal) };
    if (isInside) await publishEntries(fs, staging, target.mode, keepJournal);
    else await publishOver(fs, staging, target, paths);
    return { files: paths };
  } finally {
    // What could not be undone now the next run undoes.
    if (!isHalfDone) await removeStaging(fs, staging);
  }
}

async function publishOver(
  fs: PinnedFileSystem,
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
): AsyncGenerator<OutputFile | StreamedOutputFile, void, undefined> {
  for (const path of paths) {
    const file = join(staging.content, path);
    const { mode: bits, size } = await fs.lstat(file);
    const mode = bits & 0o7777;
    if (size > MAX_HELD) yield { path, mode, open: () => fs.readChunks(file) };
    else yield { path, mode, bytes: await fs.readFile(file) };
  }
}

async function recoverAround({ fs, path, missing }: OutputPlace): Promise<string[]> {
  if (missing.length > 0) return [];
  const left = await recoverLeftovers(fs, dirname(path));
  return (await holdFolder(fs, path)) ? [...left, ...(await recoverLeftovers(fs, path))] : left;
}

async function makeParent(fs: PinnedFileSystem, path: string, made: string[]): Promise<void> {
  try {
    await makeFolder(fs, path, 0o755);
    made.unshift(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    // A run at the same time was faster; anybody else may not be.
    if (!isOwn(await (await fs.pin(path)).status())) throw raced(path);
  }
}
