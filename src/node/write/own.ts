import type { FileStatus } from './file-status.js';

/** Bits of a mode by which others than the owner may change what is in a folder. */
const OTHERS_WRITE = 0o022;

/**
 * Windows has neither owners nor modes of this kind: there everything passes.
 *
 * @internal
 */
export function isOwn({ uid }: Pick<FileStatus, 'uid'>): boolean {
  return process.geteuid === undefined || uid === process.geteuid();
}

/** @internal */
export function isOwnOrRoots(status: Pick<FileStatus, 'uid'>): boolean {
  return status.uid === 0 || isOwn(status);
}

/** @internal */
export function isWritableByOthers({ mode }: Pick<FileStatus, 'mode'>): boolean {
  return process.geteuid !== undefined && (mode & OTHERS_WRITE) !== 0;
}

/** @internal */
export function withoutOthersWriting(mode: number): number {
  return process.geteuid === undefined ? mode : mode & ~OTHERS_WRITE;
}
