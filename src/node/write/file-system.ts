import { closeSync, constants, fchmodSync, fsync, openSync, writeFileSync } from 'node:fs';
import {
  access,
  chmod,
  type FileHandle,
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
  /** As readFile, in pieces. */
  readonly readChunks: (path: string) => AsyncIterable<Uint8Array>;
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
const CHUNK = 2 ** 18;

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
  const file = await openRegular(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openRegular(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function openRegular(path: string): Promise<FileHandle> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await openHandle(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new TypeError(`${path} is not a regular file`);
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
  readChunks,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
};
