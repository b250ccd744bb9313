import { join } from 'node:path';
import type { Manifest } from '../../bundle/manifest/manifest.js';
import { newerFormat, readManifest } from '../../bundle/manifest/read.js';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { readRegularFile } from './regular-file.js';

/**
 * What stands where the manifest of a bundle would be.
 *
 * @internal
 */
export type FoundManifest =
  | { readonly type: 'manifest'; readonly manifest: Manifest; readonly bytes: Uint8Array }
  | { readonly type: 'absent' }
  | { readonly type: 'unusable' | 'newer'; readonly message: string };

/** @internal */
export const MANIFEST_NAME = 'bundle.json';
/** A cluster of a thousand members, whose every unit names all of them, has a third of it. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * Looks for the manifest in a folder.
 *
 * @throws EtcdBundleError `system` where it is there and cannot be read
 * @internal
 */
export async function findManifest(folder: string): Promise<FoundManifest> {
  try {
    const file = await readRegularFile(join(folder, MANIFEST_NAME), { limit: MAX_BYTES });
    if (file.type === 'refused')
      return file.why === 'is a folder'
        ? { type: 'absent' }
        : { type: 'unusable', message: `It ${file.why}.` };
    const { bytes } = file;
    const text = new TextDecoder().decode(bytes);
    const manifest = readManifest(text);
    if (manifest !== undefined) return { type: 'manifest', manifest, bytes };
    const newer = newerFormat(text);
    return newer === undefined
      ? { type: 'unusable', message: 'It is not the manifest of a bundle.' }
      : { type: 'newer', message: `It has format ${newer}, which a later release of etcd-bundle writes.` };
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return { type: 'absent' };
    throw describeSystemError(error, 'read it');
  }
}

/**
 * The manifest of a bundle, and its bytes.
 *
 * @throws EtcdBundleError `invalid-bundle` where the folder is not a bundle, `system` where it cannot be read
 * @internal
 */
export async function readBundleManifest(folder: string): Promise<UsableManifest> {
  return usableManifest(await findManifest(folder), folder);
}

/** @internal */
export type UsableManifest = Extract<FoundManifest, { type: 'manifest' }>;

/**
 * What was found, where it is the manifest of a bundle.
 *
 * @throws EtcdBundleError `invalid-bundle` where it is not
 * @internal
 */
export function usableManifest(found: FoundManifest, folder: string): UsableManifest {
  switch (found.type) {
    case 'manifest':
      return found;
    case 'absent':
      throw refused(folder, 'not-a-bundle', 'There is nothing there.');
    case 'unusable':
      throw refused(folder, 'not-a-manifest', found.message);
    case 'newer':
      throw refused(folder, 'newer-bundle', found.message, 'Use the release of etcd-bundle that wrote it.');
  }
}

function refused(
  folder: string,
  code: Issue['code'],
  message: string,
  cure = 'Name the folder that etcd-bundle generate wrote.',
): EtcdBundleError {
  return new EtcdBundleError('invalid-bundle', [{ code, path: join(folder, MANIFEST_NAME), message, cure }]);
}
