import { randomBytes } from 'node:crypto';
import { linkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { nodeFileSystem as fs } from './file-system.js';
import { outputRefused } from './refused.js';
import { syncFolder } from './staging.js';
import type { OutputSignal } from './until-aborted.js';

/**
 * How a file is written.
 *
 * @internal
 */
export interface OneFileOptions {
  /** Takes the place of a file that is there. Default: false, and it is refused. */
  readonly force?: boolean | undefined;
  /** Ends the writing and leaves everything as it was, up to the moment at which the file is put in its place. */
  readonly signal?: OutputSignal | undefined;
}

/** As any program leaves it that writes a file: the umask takes from it. */
const MODE = 0o666;
/** What link(2) answers where there is no such thing: FAT, some network file systems. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/**
 * Writes one file as a whole: under another name beside it, synced, and then put in its place.
 *
 * @param path - absolute
 * @throws EtcdBundleError `output-refused` where something is there that may not be overwritten, or its folder is missing; `system` where
 * the machine fails; the signal's reason
 * @internal
 */
export async function writeOneFile(
  path: string,
  bytes: Uint8Array,
  { force = false, signal }: OneFileOptions = {},
): Promise<void> {
  const waiting = join(dirname(path), `.${basename(path).slice(0, 64)}-${randomBytes(6).toString('hex')}`);
  try {
    await refuseTaken(path, force);
    const file = await fs.open(waiting, 'wx', MODE);
    try {
      await file.writeFile(bytes).finally(() => file.sync());
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await publish(waiting, path, force);
    await syncFolder(fs, dirname(path));
  } catch (error) {
    throw describeSystemError(error, 'write it');
  } finally {
    await fs.unlink(waiting).catch(() => undefined);
  }
}

/** Refuses what would be refused in the end, before anything is written. */
async function refuseTaken(path: string, force: boolean): Promise<void> {
  if ((await statusOf(dirname(path))) === undefined)
    throw outputRefused(
      'no-such-file',
      dirname(path),
      'There is no such folder.',
      'Make it, or choose another.',
    );
  const status = await statusOf(path);
  if (status === undefined) return;
  if (!force) throw taken(path);
  if (!status.isFile())
    throw outputRefused('output-not-a-file', path, 'It is no regular file.', 'Choose another name.');
}

async function publish(waiting: string, path: string, force: boolean): Promise<void> {
  if (force) return fs.rename(waiting, path);
  try {
    // Unlike rename(2), link(2) replaces nothing.
    linkSync(waiting, path);
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    if (code === 'EEXIST') throw taken(path);
    if (!NO_LINKS.includes(code)) throw error;
    await refuseTaken(path, force);
    await fs.rename(waiting, path);
  }
}

async function statusOf(path: string): Promise<Awaited<ReturnType<typeof fs.lstat>> | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function taken(path: string): Error {
  return outputRefused(
    'output-file-exists',
    path,
    'There is a file.',
    'Choose another name, or pass --force to replace it.',
  );
}
