import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  read,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  renameSync,
  rm,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
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
const readLater = promisify(read);
const CHUNK = 2 ** 18;
/** Asked for at the end of a file, which may have grown. */
const SMALLEST_CHUNK = 2 ** 12;

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
  const descriptor = openRegular(path);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const descriptor = openRegular(path);
  try {
    const { size } = fstatSync(descriptor);
    for (let at = 0; ; ) {
      const left = Math.max(SMALLEST_CHUNK, Math.min(CHUNK, size - at));
      const buffer = Buffer.alloc(left);
      const count =
        left < CHUNK
          ? readSync(descriptor, buffer)
          : (await readLater(descriptor, buffer, 0, left, null)).bytesRead;
      if (count === 0) return;
      yield buffer.subarray(0, count);
      at += count;
    }
  } finally {
    closeSync(descriptor);
  }
}

function openRegular(path: string): number {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw new TypeError(`${path} is not a regular file`);
}

/**
 * Names and files of a few kilobytes: the kernel takes them at once, in a tenth of the time that a trip to libuv's pool and back costs for
 * each call, and `node:fs/promises` takes longer to load than a cluster to issue. Waiting for the disk is what takes long, and folders of
 * whatever size: they are left to the pool.
 *
 * @internal
 */
export const nodeFileSystem: FileSystem = {
  access: async (path, mode) => accessSync(path, mode),
  chmod: async (path, mode) => chmodSync(path, mode),
  lstat: async (path) => lstatSync(path),
  mkdir: async (path, mode) => mkdirSync(path, mode),
  open,
  openFolder,
  readdir: async (path) => readdirSync(path),
  readFile,
  readChunks,
  readlink: async (path) => readlinkSync(path),
  rename: async (from, to) => renameSync(from, to),
  rm: promisify(rm),
  rmdir: async (path) => rmdirSync(path),
  stat: async (path) => statSync(path),
  unlink: async (path) => unlinkSync(path),
};
