import { closeSync, constants, fchmodSync, fsync, openSync, writeFileSync } from 'node:fs';
import {
  access,
  chmod,
  lstat,
  mkdir,
  open as openHandle,
  readdir,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
} from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FileStatus } from './file-status.js';
import { type OpenFolder, openFolder } from './open-folder.js';

/**
 * The part of node:fs/promises that writing a folder takes. A parameter, so that a test can let each single call fail.
 *
 * @internal
 */
export interface FileSystem {
  readonly access: (path: string, mode: number) => Promise<void>;
  readonly chmod: (path: string, mode: number) => Promise<void>;
  readonly lstat: (path: string) => Promise<FileStatus>;
  readonly mkdir: (path: string, mode: number) => Promise<unknown>;
  /** `r` is for folders. */
  readonly open: (path: string, flags: 'r' | 'wx', mode?: number) => Promise<OpenFile>;
  readonly openFolder: (path: string) => Promise<OpenFolder>;
  readonly readdir: (path: string) => Promise<string[]>;
  /** Of a regular file; no link is followed, and nothing waited for. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly readlink: (path: string) => Promise<string>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly rm: (path: string, options: { recursive: boolean; force: boolean }) => Promise<void>;
  readonly rmdir: (path: string) => Promise<void>;
  readonly stat: (path: string) => Promise<FileStatus>;
  readonly unlink: (path: string) => Promise<void>;
}

/** @internal */
export interface OpenFile {
  chmod(mode: number): Promise<void>;
  close(): Promise<void>;
  sync(): Promise<void>;
  writeFile(bytes: Uint8Array): Promise<void>;
}

const flush = promisify(fsync);

/**
 * A file of a bundle is a few kilobytes: the kernel takes it at once, in a tenth of the time that a trip to libuv's pool and back costs for
 * each call. Waiting for the disk is what takes long, and that is left to the pool.
 */
async function open(path: string, flags: 'r' | 'wx', mode?: number): Promise<OpenFile> {
  const descriptor = openSync(path, flags, mode);
  return {
    chmod: async (wanted) => fchmodSync(descriptor, wanted),
    close: async () => closeSync(descriptor),
    sync: () => flush(descriptor),
    writeFile: async (bytes) => writeFileSync(descriptor, bytes),
  };
}

/** What lies in another user's folder may be a named pipe, which would wait for a writer. */
async function readFile(path: string): Promise<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await openHandle(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new TypeError(`${path} is not a regular file`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** @internal */
export const nodeFileSystem: FileSystem = {
  access,
  chmod,
  lstat,
  mkdir,
  open,
  openFolder,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
};
