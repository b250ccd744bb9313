import { type FileSystem, nodeFileSystem, type OpenFile } from '../../src/node/write/file-system.js';

/** What happens instead of the call with this number, counted from 0; undefined lets it through. */
export type Fault = (index: number, call: string) => Error | undefined;

/**
 * The real file system, each single call of which may fail, also those on an open file.
 *
 * @param lost - fails a call after it was done, as when a network's answer is lost
 */
export function faultyFileSystem(
  fault: Fault,
  lost: Fault = () => undefined,
): {
  readonly fs: FileSystem;
  readonly calls: readonly string[];
} {
  const calls: string[] = [];
  const guarded =
    <Args extends readonly unknown[], Result>(name: string, call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      calls.push(name);
      const error = fault(calls.length - 1, name);
      if (error !== undefined) throw error;
      const index = calls.length - 1;
      const result = await call(...args);
      const late = lost(index, name);
      if (late !== undefined) throw late;
      return result;
    };
  const guardedFile = (file: OpenFile): OpenFile => ({
    chmod: guarded('fchmod', (mode) => file.chmod(mode)),
    // A descriptor that is not closed would outlive the test: the call is made, then it fails.
    close: async () => {
      await file.close();
      await guarded('close', async () => undefined)();
    },
    sync: guarded('fsync', () => file.sync()),
    writeFile: guarded('write', (bytes) => file.writeFile(bytes)),
  });
  const open = guarded('open', nodeFileSystem.open);
  const fs: FileSystem = {
    access: guarded('access', nodeFileSystem.access),
    chmod: guarded('chmod', nodeFileSystem.chmod),
    lstat: guarded('lstat', nodeFileSystem.lstat),
    mkdir: guarded('mkdir', nodeFileSystem.mkdir),
    open: async (path, flags, mode) => guardedFile(await open(path, flags, mode)),
    openFolder: guarded('openFolder', nodeFileSystem.openFolder),
    readdir: guarded('readdir', nodeFileSystem.readdir),
    readFile: guarded('readFile', nodeFileSystem.readFile),
    readChunks: nodeFileSystem.readChunks,
    readlink: guarded('readlink', nodeFileSystem.readlink),
    rename: guarded('rename', nodeFileSystem.rename),
    rm: guarded('rm', nodeFileSystem.rm),
    rmdir: guarded('rmdir', nodeFileSystem.rmdir),
    stat: guarded('stat', nodeFileSystem.stat),
    unlink: guarded('unlink', nodeFileSystem.unlink),
  };
  return { fs, calls };
}

/** As Node reports a failed system call. */
export function systemFault(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: injected, ${call}`), { code, errno: -1, syscall: call });
}
