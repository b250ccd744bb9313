import { dirname, join } from 'node:path';
import { EtcdBundleError } from '../../errors.js';
import { entryNameFault } from '../../text/entry-name.js';
import type { FileSystem } from './file-system.js';
import type { OutputFile, StreamedOutputFile } from './output-file.js';
import type { PinnedFileSystem } from './pinned.js';
import { makeFolder, syncFolder } from './staging.js';

/** Files whose fsync(2) is under way: enough to keep the disk busy, few enough for memory to stay flat. */
const WRITES_AT_ONCE = 4;
const AUTHORITY_FOLDER = 'ca';
const FOLDER_MODES: Readonly<Record<string, number>> = { [AUTHORITY_FOLDER]: 0o700 };

/**
 * Writes files into a folder as they come, each with exactly its mode, and everything synced in the end. What belongs to an
 * authority is on disk before anything after it is written.
 *
 * @returns the paths in the order they came
 * @internal
 */
export async function fillFolder(
  fs: PinnedFileSystem,
  folder: string,
  files: AsyncIterable<OutputFile | StreamedOutputFile>,
): Promise<string[]> {
  const paths: string[] = [];
  const folders = new Set<string>();
  const writes = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for await (const file of files) {
      if (failures.length > 0) break;
      refuseUnsafePath(file.path);
      const parent = dirname(file.path);
      if (parent !== '.' && !folders.has(parent)) {
        await makeFolder(fs, join(folder, parent), FOLDER_MODES[parent] ?? 0o755);
        folders.add(parent);
      }
      const write: Promise<void> = writeFile(fs, join(folder, file.path), file).then(
        () => void writes.delete(write),
        (error: unknown) => {
          writes.delete(write);
          failures.push(error);
        },
      );
      writes.add(write);
      paths.push(file.path);
      if (parent === AUTHORITY_FOLDER) await Promise.all(writes);
      else if (writes.size >= WRITES_AT_ONCE) await Promise.race(writes);
    }
  } finally {
    await Promise.all(writes);
  }
  if (failures.length > 0) throw failures[0];
  for (const path of folders) await syncFolder(fs, join(folder, path));
  await syncFolder(fs, folder);
  return paths;
}

async function writeFile(
  fs: FileSystem,
  path: string,
  output: OutputFile | StreamedOutputFile,
): Promise<void> {
  const file = await fs.open(path, 'wx', 0o600);
  try {
    if ('bytes' in output) await file.writeFile(output.bytes);
    else for await (const bytes of output.open()) await file.writeFile(bytes);
    // After open(2), whose mode is cut by the umask.
    await file.chmod(output.mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

function refuseUnsafePath(path: string): void {
  const fault =
    entryNameFault(path) ?? (path.split('/').length > 2 ? 'is more than one folder deep' : undefined);
  if (fault === undefined) return;
  const message = `The path ${JSON.stringify(path)} ${fault}.`;
  throw new EtcdBundleError('invalid-bundle', [
    { code: 'unsafe-file-name', path: '', message, cure: 'Name output files relative to the output folder.' },
  ]);
}
