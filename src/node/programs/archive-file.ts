import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Architecture } from '../../architectures.js';
import type { ReleaseArchiveSpec } from '../../cluster-spec.js';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { quoteValue } from '../../text/quote-value.js';
import { readRegularFile } from '../read/regular-file.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';

/**
 * An archive that is open and has the digest that it should have.
 *
 * @internal
 */
export interface ArchiveFile {
  /** As a message names it, in quotes. */
  readonly shown: string;
  /** All of it once more. @throws EtcdBundleError where it has become another meanwhile */
  readonly chunks: () => AsyncGenerator<Uint8Array, void, undefined>;
  readonly close: () => Promise<void>;
}

/** Where an archive stands in the document. */
const PATH = 'etcd.archive';
const CHUNK = 2 ** 18;
const MAX_SUMS_BYTES = 2 ** 20;
const CURE_PATH = 'Check the path.';

/**
 * Opens the archive of an architecture and compares its digest, before anything in it is looked at.
 *
 * @param folder - what the path in the document is relative to
 * @throws EtcdBundleError `invalid-spec`, `system`
 * @internal
 */
export async function openArchive(
  { file, sha256 }: ReleaseArchiveSpec,
  arch: Architecture,
  folder: string,
): Promise<ArchiveFile> {
  const written = file.replaceAll('{arch}', arch);
  const path = resolve(folder, written);
  const shown = quoteValue(written);
  try {
    const handle = await openRegular(path, shown);
    try {
      const given = sha256[arch];
      const wanted = given ?? (await listedSum(path, shown));
      const actual = await digestOf(handle);
      if (actual !== wanted)
        throw refused(
          'archive-sum',
          `${shown} has the SHA-256 ${actual}, and ${given === undefined ? 'SHA256SUMS beside it' : 'etcd.archiveSha256'} says ${wanted}.`,
          "Get the archive again from where etcd's releases are, and compare the digest with what its SHA256SUMS says there.",
        );
      return {
        shown,
        close: () => handle.close(),
        chunks: async function* () {
          const hash = createHash('sha256');
          for await (const chunk of chunksOf(handle)) {
            hash.update(chunk);
            yield chunk;
          }
          if (hash.digest('hex') !== wanted)
            throw refused('archive-changed', `${shown} changed while it was read.`, 'Run the command again.');
        },
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw describeSystemError(error, `read ${shown}`);
  }
}

/** @internal */
export function refused(code: Issue['code'], message: string, cure: string): EtcdBundleError {
  return new EtcdBundleError('invalid-spec', [{ code, path: PATH, message, cure }]);
}

/** A named pipe would wait for a writer, and a device may act on being opened. */
async function openRegular(path: string, shown: string): Promise<FileHandle> {
  try {
    refuseIrregular(await stat(path), shown);
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      refuseIrregular(await handle.stat(), shown);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw refused('no-such-file', `${shown} does not exist.`, CURE_PATH);
    if (code === 'ELOOP' || code === 'ENAMETOOLONG')
      throw refused('unusable-path', `${shown} is not a path that leads to a file.`, CURE_PATH);
    throw error;
  }
}

function refuseIrregular(status: Awaited<ReturnType<typeof stat>>, shown: string): void {
  if (status.isFile()) return;
  const cure = "Name etcd's release archive, a file.";
  if (status.isDirectory()) throw refused('file-is-folder', `${shown} is a folder.`, cure);
  throw refused(
    'named-pipe',
    `${shown} is ${status.isFIFO() ? 'a named pipe' : 'not a regular file'}.`,
    cure,
  );
}

/** What SHA256SUMS beside the archive says of it, as etcd's release pages have one (sha256sum(1)). */
async function listedSum(path: string, shown: string): Promise<string> {
  const file = await readRegularFile(join(dirname(path), 'SHA256SUMS'), { limit: MAX_SUMS_BYTES }).catch(
    (error: unknown) => {
      const code = systemErrorCode(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    },
  );
  const lines = file?.type === 'file' ? new TextDecoder().decode(file.bytes).split(/\r?\n/) : [];
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-fA-F]{64}) [ *](?:\.\/)?(.+)$/.exec(line) ?? [];
    if (sum !== undefined && name === basename(path)) return sum.toLowerCase();
  }
  throw refused(
    'archive-sum-missing',
    file === undefined
      ? `Nothing says which SHA-256 ${shown} should have.`
      : `SHA256SUMS beside ${shown} does not list it.`,
    "Write etcd.archiveSha256, or put the release's own SHA256SUMS beside the archive.",
  );
}

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(handle)) hash.update(chunk);
  return hash.digest('hex');
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array, void, undefined> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
