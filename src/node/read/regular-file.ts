import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readlink, stat } from 'node:fs/promises';

/**
 * A file that was opened, or why it was not.
 *
 * @internal
 */
export type RegularFile =
  | {
      readonly type: 'file';
      readonly bytes: Uint8Array;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  /** A clause, such as `is a named pipe`. */
  | { readonly type: 'refused'; readonly why: string };

/** @internal */
export interface RegularFileOptions {
  /** Bytes. */
  readonly limit: number;
  /** Where the file lies, without links; absent: links are followed. */
  readonly canonicalPath?: string;
}

/**
 * Reads a regular file. Nothing else is opened: a named pipe would wait for a writer, and a device may act on being opened. What the path
 * leads to may change in between, so that the file that was opened is looked at again, and nothing blocks.
 *
 * @throws Error as the file system has it: ENOENT, EACCES and the like
 * @internal
 */
export async function readRegularFile(path: string, options: RegularFileOptions): Promise<RegularFile> {
  const { limit, canonicalPath } = options;
  const seen = canonicalPath === undefined ? await stat(path) : await lstat(path);
  const kind = irregularKind(seen);
  if (kind !== undefined) return { type: 'refused', why: `is ${kind}` };
  if (seen.size > limit) return { type: 'refused', why: tooLarge(limit) };
  const follow = canonicalPath === undefined ? 0 : constants.O_NOFOLLOW;
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | follow);
  try {
    const { mode, uid, gid, size, ...opened } = await file.stat();
    const isSame = opened.ino === seen.ino && opened.dev === seen.dev;
    if (!isSame || !(await liesAt(file, canonicalPath)))
      return { type: 'refused', why: 'changed while it was read' };
    const bytes = await readUpTo(file, size, limit);
    return bytes === undefined
      ? { type: 'refused', why: tooLarge(limit) }
      : { type: 'file', bytes, mode: mode & 0o7777, uid, gid };
  } finally {
    await file.close();
  }
}

/**
 * What it is that is not a regular file; undefined for one.
 *
 * @internal
 */
export function irregularKind(status: Stats): string | undefined {
  if (status.isFile()) return undefined;
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a named pipe';
  if (status.isSocket()) return 'a socket';
  return status.isSymbolicLink() ? 'a link' : 'a device';
}

/** Linux tells where an open file lies: a folder on the way may have become a link. */
async function liesAt({ fd }: FileHandle, path: string | undefined): Promise<boolean> {
  if (path === undefined || process.platform !== 'linux') return true;
  const place = await readlink(`/proc/self/fd/${fd}`).catch(() => path);
  return place === path;
}

/** To its end, whatever its size was; what is kept is as large as the file, since a host has thousands of small ones. */
async function readUpTo(file: FileHandle, size: number, limit: number): Promise<Uint8Array | undefined> {
  let bytes = Buffer.alloc(Math.min(size, limit) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
    length += bytesRead;
    if (length > limit) return undefined;
    if (bytesRead === 0) return bytes.subarray(0, length);
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, limit) + 1);
  }
}

function tooLarge(limit: number): string {
  return limit < 2 ** 20 ? `is larger than ${limit} bytes` : `is larger than ${limit / 2 ** 20} MiB`;
}
