import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync } from 'node:fs';
import type { FileStatus } from './file-status.js';

/**
 * A folder that stays the one that was opened, whatever is put under its name meanwhile.
 *
 * @internal
 */
export interface OpenFolder {
  /** The path by which what lies in it is reached. */
  readonly inside: string;
  /** False where the system has no such path: `inside` is then the folder's own, and another folder may take it. */
  readonly isHeld: boolean;
  status(): Promise<FileStatus>;
  close(): Promise<void>;
}

/** proc_pid_fd(5): names below one of these begin at the open folder itself, as with openat(2). */
const DESCRIPTORS = '/proc/self/fd';
/** open(2), Linux: a descriptor that takes no right to read the folder. Node has no name for it. */
const O_PATH = 0o10000000;

/**
 * Opens a folder; a link is none.
 *
 * @throws Error as open(2) has it: ENOTDIR for anything else
 * @internal
 */
export async function openFolder(path: string): Promise<OpenFolder> {
  if (process.platform !== 'linux' || !existsSync(DESCRIPTORS)) return openByPath(path);
  const descriptor = openSync(path, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  return {
    inside: `${DESCRIPTORS}/${descriptor}`,
    isHeld: true,
    status: async () => fstatSync(descriptor),
    close: async () => closeSync(descriptor),
  };
}

/** @internal */
export async function openByPath(path: string): Promise<OpenFolder> {
  if (!lstatSync(path).isDirectory())
    throw Object.assign(new Error(`ENOTDIR: not a directory, open '${path}'`), {
      code: 'ENOTDIR',
      syscall: 'open',
      path,
    });
  return { inside: path, isHeld: false, status: async () => lstatSync(path), close: async () => undefined };
}
