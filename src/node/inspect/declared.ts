import { isEtcdBundleError } from '../../errors.js';
import { type FoundManifest, findManifest } from '../read/bundle.js';

/**
 * What the manifest of a bundle says of a file of a tarball.
 *
 * @internal
 */
export interface DeclaredFile {
  readonly owner: string;
  readonly kind: string;
}

/**
 * The files that the manifest in a folder lists, by `<tarball>:<path>`, where there is one.
 *
 * @internal
 */
export async function readDeclaredFiles(folder: string): Promise<ReadonlyMap<string, DeclaredFile>> {
  const declared = new Map<string, DeclaredFile>();
  const found = await findOrNone(folder);
  for (const { tarball, files } of found.type === 'manifest' ? found.manifest.hosts : [])
    for (const { path, owner, kind } of tarball === undefined ? [] : files)
      declared.set(`${tarball?.path}:${path.slice(1)}`, { owner, kind });
  return declared;
}

/** What cannot be read is told of the file itself. */
async function findOrNone(folder: string): Promise<FoundManifest> {
  try {
    return await findManifest(folder);
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return { type: 'absent' };
  }
}
