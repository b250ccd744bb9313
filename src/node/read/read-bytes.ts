import { describeSystemError, systemErrorCode } from '../system-error.js';
import { readRegularFile } from './regular-file.js';

/**
 * As large as a tarball, or whatever else a command is given, may be.
 *
 * @internal
 */
export const MAX_TARBALL_BYTES: number = 512 * 2 ** 20;

/**
 * The bytes of a file, or why it was not read; undefined where there is none.
 *
 * @throws EtcdBundleError `system` where it cannot be read
 * @internal
 */
export async function readBytes(path: string, limit: number): Promise<Uint8Array | string | undefined> {
  try {
    const file = await readRegularFile(path, { limit });
    return file.type === 'file' ? file.bytes : `It ${file.why}.`;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw describeSystemError(error, 'read it');
  }
}

/**
 * The bytes of a file that was seen before, or why it was not read.
 *
 * @throws EtcdBundleError `system` where it cannot be read
 * @internal
 */
export async function readSeen(path: string): Promise<Uint8Array | string> {
  return (await readBytes(path, MAX_TARBALL_BYTES)) ?? 'It was removed meanwhile.';
}
