import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { readRegularFile } from './regular-file.js';

/**
 * The bytes of a file of a bundle, or why it was not read; undefined where there is none. The bundle may be anybody's: what was written there
 * are files and the folder `ca`, so that no link in it is followed, be it to another's key or out of the bundle.
 *
 * @param folder - of the bundle, which may be a link itself
 * @param path - relative to it
 * @throws EtcdBundleError `system` where it cannot be read
 * @internal
 */
export async function readBundleFile(
  folder: string,
  path: string,
  limit: number,
): Promise<Uint8Array | string | undefined> {
  try {
    const canonicalPath = join(realpathSync.native(folder), path);
    if (lstatSync(dirname(canonicalPath)).isSymbolicLink()) return 'The folder that it lies in is a link.';
    const file = await readRegularFile(canonicalPath, { limit, canonicalPath });
    return file.type === 'file' ? file.bytes : `It ${file.why}.`;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw describeSystemError(error, 'read it');
  }
}
