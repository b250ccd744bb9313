import { EtcdBundleError } from '../../errors.js';
import type { IssueCode } from '../../issue-codes.js';
import { entryNameFault } from '../../text/entry-name.js';
import { UnpackError, unpack } from './unpack.js';

/**
 * A file of a tarball as it was read.
 *
 * @public
 */
export interface TarballFile {
  /** Relative to the folder it would be extracted in. */
  readonly path: string;
  /** Permission bits, as 0o644. */
  readonly mode: number;
  /** As the archive names them; where it gives numbers alone, these, and "root" for 0. */
  readonly owner: { readonly user: string; readonly group: string };
  /** The whole contents. */
  readonly bytes: Uint8Array;
}

const UNPACK_CODES: Readonly<Record<UnpackError['reason'], IssueCode>> = {
  'not a tarball': 'not-a-tarball',
  damaged: 'damaged-tarball',
  'too large': 'tarball-too-large',
};

/**
 * Reads the files of a bundle's tarball without writing any of them. The tarball may be anybody's: links, devices, names that lead
 * out of the folder, more than 10,000 entries and more than 128 MiB unpacked are refused.
 *
 * @param bytes - a tar, or a tar compressed with gzip
 * @param name - of the tarball, for messages
 * @returns the files in the archive's order; folders are left out
 * @throws EtcdBundleError `invalid-bundle`
 * @example
 * ```ts
 * const files = await readTarball(await readFile('bundle/e1.tar.gz'), 'e1.tar.gz');
 * files.some(({ path }) => path === 'etc/systemd/system/etcd.service'); // => true
 * ```
 * @public
 */
export async function readTarball(bytes: Uint8Array, name: string): Promise<readonly TarballFile[]> {
  const files = new Map<string, TarballFile>();
  try {
    for await (const { type, name: path, mode, owner, bytes: content } of unpack(bytes, 'strict')) {
      if (type === 'directory') continue;
      const shown = JSON.stringify(path);
      if (type !== 'file' || content === undefined)
        throw refused(name, 'unsafe-tarball-entry', `${shown} is a ${type}.`);
      const fault = entryNameFault(path);
      if (fault !== undefined) throw refused(name, 'unsafe-tarball-entry', `The path ${shown} ${fault}.`);
      if (files.has(path)) throw refused(name, 'repeated-tarball-entry', `Two files are named ${shown}.`);
      files.set(path, { path, mode, owner, bytes: content });
    }
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    throw refused(name, UNPACK_CODES[error.reason], error.message);
  }
  return [...files.values()];
}

function refused(path: string, code: IssueCode, message: string): EtcdBundleError {
  const cure = 'Generate the bundle again, or get the tarball again from where it was made.';
  return new EtcdBundleError('invalid-bundle', [{ code, path, message, cure }]);
}
