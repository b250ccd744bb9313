import { join } from 'node:path';
import { readLimited } from '../read/read-limited.js';

/**
 * What the manifest of a bundle says of a file of a tarball.
 *
 * @internal
 */
export interface DeclaredFile {
  readonly owner: string;
  readonly kind: string;
}

const MAX_MANIFEST = 64 * 2 ** 20;

/**
 * The files that the manifest in a folder lists, by `<tarball>:<path>`. The manifest may be anybody's or none.
 *
 * @internal
 */
export async function readDeclaredFiles(folder: string): Promise<ReadonlyMap<string, DeclaredFile>> {
  const declared = new Map<string, DeclaredFile>();
  for (const tarball of list(await readManifest(folder), 'tarballs')) {
    for (const file of list(tarball, 'files')) {
      const [path, owner, kind] = [text(file, 'path'), text(file, 'owner'), text(file, 'kind')];
      if (owner !== '' && kind !== '') declared.set(`${text(tarball, 'path')}:${path}`, { owner, kind });
    }
  }
  return declared;
}

async function readManifest(folder: string): Promise<unknown> {
  try {
    const bytes = await readLimited(join(folder, 'bundle.json'), MAX_MANIFEST);
    return JSON.parse(bytes?.toString() ?? '');
  } catch {
    return undefined;
  }
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = property(value, key);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, key: string): string {
  const found = property(value, key);
  return typeof found === 'string' ? found : '';
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
