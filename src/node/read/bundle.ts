import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { inspectManifest } from '../../bundle/manifest/inspect.js';
import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { ManifestFault } from '../../bundle/manifest/manifest-fault.js';
import { EtcdBundleError, type Issue } from '../../errors.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { type RegularFile, readRegularFile } from './regular-file.js';

/**
 * What stands where the manifest of a bundle would be.
 *
 * @internal
 */
export type FoundManifest =
  | { readonly type: 'manifest'; readonly manifest: Manifest; readonly bytes: Uint8Array }
  | { readonly type: 'absent' }
  /** Why it is no manifest that can be used: at least one issue. */
  | { readonly type: 'unusable'; readonly issues: readonly Issue[] };

/** @internal */
export const MANIFEST_NAME = 'bundle.json';
/** @internal */
export const RESTORE_MANIFEST =
  'Restore it from a copy of the bundle; what is to change belongs in the document.';
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
    const file = await readManifestFile(folder);
    if (file.type === 'refused')
      return file.why === 'is a folder'
        ? { type: 'absent' }
        : unusable(folder, 'not-a-manifest', `It ${file.why}.`);
    return foundIn(folder, file.bytes);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return { type: 'absent' };
    throw describeSystemError(error, 'read it');
  }
}

/**
 * What lies there without a look at what it says; undefined where no file can be read.
 *
 * @internal
 */
export async function manifestBytes(folder: string): Promise<Uint8Array | undefined> {
  try {
    const file = await readManifestFile(folder);
    return file.type === 'file' ? file.bytes : undefined;
  } catch {
    return undefined;
  }
}

async function readManifestFile(folder: string): Promise<RegularFile> {
  const canonicalPath = join(realpathSync.native(folder), MANIFEST_NAME);
  return readRegularFile(canonicalPath, { limit: MAX_BYTES, canonicalPath });
}

function foundIn(folder: string, bytes: Uint8Array): FoundManifest {
  const inspected = inspectManifest(new TextDecoder().decode(bytes));
  switch (inspected.type) {
    case 'manifest':
      return { type: 'manifest', manifest: inspected.manifest, bytes };
    case 'faulty':
      return { type: 'unusable', issues: manifestIssues(join(folder, MANIFEST_NAME), inspected.faults) };
    case 'newer':
      return unusable(
        folder,
        'newer-bundle',
        `It has format ${inspected.format}, which a later release of etcd-bundle writes.`,
        'Use the release of etcd-bundle that wrote it.',
      );
    case 'other':
      return unusable(folder, 'not-a-manifest', 'It is not the manifest of a bundle.');
  }
}

/**
 * @param file - the manifest
 * @internal
 */
export function manifestIssues(file: string, faults: readonly ManifestFault[]): readonly Issue[] {
  return faults.map(({ path, message }) => ({
    code: 'malformed-manifest',
    path: `${file}: ${path}`,
    message,
    cure: RESTORE_MANIFEST,
  }));
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
      throw new EtcdBundleError(
        'invalid-bundle',
        unusable(folder, 'not-a-bundle', 'There is nothing there.').issues,
      );
    case 'unusable':
      throw new EtcdBundleError('invalid-bundle', found.issues);
  }
}

function unusable(
  folder: string,
  code: Issue['code'],
  message: string,
  cure = 'Name the folder that etcd-bundle generate wrote.',
): Extract<FoundManifest, { type: 'unusable' }> {
  return { type: 'unusable', issues: [{ code, path: join(folder, MANIFEST_NAME), message, cure }] };
}
