import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FilePlan } from '../../src/index.js';

/**
 * Writes a file, and makes the folders above it.
 *
 * @param mode - exactly, whatever the umask; that of any new file where absent
 * @returns the path
 */
export function put(path: string, content: string | Uint8Array, mode?: number): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  if (mode !== undefined) chmodSync(path, mode);
  return path;
}

/** What a tarball holds, or a bundle: as tar would extract it below a folder, whosever it is there. */
export function putAll(folder: string, files: Iterable<Pick<FilePlan, 'path' | 'bytes' | 'mode'>>): void {
  for (const { path, bytes, mode } of files) put(join(folder, path), bytes, mode);
}
