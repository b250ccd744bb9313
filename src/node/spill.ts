import { closeSync, mkdtempSync, openSync, read, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReadAt } from './programs/elf.js';

/**
 * A file without a name, for what is too large to be held in memory and read several times. Nobody else can open it, and it is gone with
 * the process.
 *
 * @internal
 */
export interface Spill {
  /** Bytes written so far. */
  readonly size: () => number;
  readonly append: (bytes: Uint8Array) => void;
  readonly readAt: ReadAt;
  /** @returns how many bytes were there: as many as the buffer takes, or fewer */
  readonly readInto: (buffer: Uint8Array, position: number) => number;
  readonly stream: (position: number, length: number) => AsyncGenerator<Uint8Array, void, undefined>;
  readonly close: () => void;
}

const CHUNK = 2 ** 18;
const readLater = promisify(read);

/** @internal */
export function openSpill(): Spill {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-'));
  const path = join(folder, 'spill');
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
  } finally {
    rmdirSync(folder);
  }
  let size = 0;
  let isOpen = true;
  return {
    size: () => size,
    append: (bytes) => {
      for (let at = 0; at < bytes.length; )
        at += writeSync(descriptor, bytes, at, bytes.length - at, size + at);
      size += bytes.length;
    },
    readAt: (position, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
      const isInside = Number.isSafeInteger(position) && position >= 0;
      return isInside
        ? buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, position))
        : Buffer.alloc(0);
    },
    readInto: (buffer, position) => readSync(descriptor, buffer, 0, buffer.length, position),
    stream: async function* (position, length) {
      for (let at = 0; at < length; ) {
        // Its number may be another file's by now.
        if (!isOpen) throw new Error('A temporary file was closed while it was read.');
        const wanted = Math.min(CHUNK, length - at);
        const { bytesRead, buffer } = await readLater(
          descriptor,
          Buffer.alloc(wanted),
          0,
          wanted,
          position + at,
        );
        if (bytesRead === 0) return;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    close: () => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}
