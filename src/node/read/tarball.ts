import { gunzipSync } from 'node:zlib';
import { EtcdBundleError, type IssueCode } from '../../errors.js';
import { entryNameFault } from './entry-name.js';

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
  /** As the archive names them; empty where it gives numbers alone. */
  readonly owner: { readonly user: string; readonly group: string };
  readonly bytes: Uint8Array;
}

const MAX_UNPACKED_BYTES = 64 * 2 ** 20;
const MAX_ENTRIES = 10_000;

/**
 * Reads the files of a tarball without writing any of them. The tarball may be anybody's: links, devices, names that lead out of
 * the folder, more than 10,000 entries and more than 64 MiB unpacked are refused.
 *
 * @param bytes - a tar, or a tar compressed with gzip
 * @param name - of the tarball, for messages
 * @returns the files in the archive's order; folders are left out
 * @throws EtcdBundleError `invalid-bundle`
 * @public
 */
export async function readTarball(bytes: Uint8Array, name: string): Promise<readonly TarballFile[]> {
  const { extract } = await import('tar-stream');
  const unpacking = extract();
  unpacking.end(unpack(bytes, name));
  const files = new Map<string, TarballFile>();
  let entries = 0;
  try {
    for await (const entry of unpacking) {
      entries += 1;
      const { type, name: path, mode, uname, gname } = entry.header;
      if (entries > MAX_ENTRIES) throw refused(name, `It has more than ${MAX_ENTRIES} entries.`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
      if (type === 'directory') continue;
      const shown = JSON.stringify(path);
      if (type !== 'file') throw refused(name, `${shown} is a ${type}.`);
      const fault = entryNameFault(path);
      if (fault !== undefined) throw refused(name, `The path ${shown} ${fault}.`);
      if (files.has(path)) throw refused(name, `Two files are named ${shown}.`, 'duplicate');
      const owner = { user: uname, group: gname };
      files.set(path, { path, mode: mode & 0o7777, owner, bytes: Buffer.concat(chunks) });
    }
  } catch (error) {
    if (error instanceof EtcdBundleError) throw error;
    throw refused(
      name,
      `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      'syntax',
    );
  }
  return [...files.values()];
}

function unpack(bytes: Uint8Array, name: string): Uint8Array {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if (error instanceof RangeError)
      throw refused(name, `It unpacks to more than ${MAX_UNPACKED_BYTES} bytes.`);
    throw refused(
      name,
      `It cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`,
      'syntax',
    );
  }
}

function refused(path: string, message: string, code: IssueCode = 'invalid-value'): EtcdBundleError {
  const cure = 'Generate the bundle again, or get the tarball again from where it was made.';
  return new EtcdBundleError('invalid-bundle', [{ code, path, message, cure }]);
}
