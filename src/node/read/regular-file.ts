import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';

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
 * leads to may change in between, so that the file that was opened is looked at again, and nothing blocks. Files
 * are small and in the kernel's memory soon enough: `node:fs/promises` takes longer to load than a cluster's files to read.
 *
 * @throws Error as the file system has it: ENOENT, EACCES and the like
 * @internal
 */
export async function readRegularFile(path: string, options: RegularFileOptions): Promise<RegularFile> {
  const { limit, canonicalPath } = options;
  const seen = canonicalPath === undefined ? statSync(path) : lstatSync(path);
  const kind = irregularKind(seen);
  if (kind !== undefined) return { type: 'refused', why: `is ${kind}` };
  if (seen.size > limit) return { type: 'refused', why: tooLarge(limit) };
  const follow = canonicalPath === undefined ? 0 : constants.O_NOFOLLOW;
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | follow);
  try {
    const { mode, uid, gid, size, ...opened } = fstatSync(descriptor);
    const isSame = opened.ino === seen.ino && opened.dev === seen.dev;
    if (!isSame || !liesAt(descriptor, canonicalPath))
      return { type: 'refused', why: 'changed while it was read' };
    const bytes = readUpTo(descriptor, size, limit);
    return bytes === undefined
      ? { type: 'refused', why: tooLarge(limit) }
      : { type: 'file', bytes, mode: mode & 0o7777, uid, gid };
  } finally {
    closeSync(descriptor);
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
function liesAt(descriptor: number, path: string | undefined): boolean {
  if (path === undefined || process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === path;
  } catch {
    return true;
  }
}

/** To its end, whatever its size was; what is kept is as large as the file, since a host has thousands of small ones. */
function readUpTo(descriptor: number, size: number, limit: number): Uint8Array | undefined {
  let bytes = Buffer.alloc(Math.min(size, limit) + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += count;
    if (length > limit) return undefined;
    if (count === 0) return bytes.subarray(0, length);
    if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * length, limit) + 1);
  }
}

function tooLarge(limit: number): string {
  return limit < 2 ** 20 ? `is larger than ${limit} bytes` : `is larger than ${limit / 2 ** 20} MiB`;
}
