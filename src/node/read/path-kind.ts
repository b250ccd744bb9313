import { lstat, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EtcdBundleError } from '../../errors.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';

/**
 * Whether a folder is at a path that was given, links followed.
 *
 * @throws EtcdBundleError `invalid-bundle` where there is nothing, `system` where nobody can look
 * @internal
 */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(await realpath(path))).isDirectory();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw describeSystemError(error, 'read it');
    const message = 'There is nothing there.';
    throw new EtcdBundleError('invalid-bundle', [
      { code: 'no-such-file', path: resolve(path), message, cure: 'Check the path.' },
    ]);
  }
}
