import { fstatSync, writeSync } from 'node:fs';
import type { CliStream } from './io.js';

/** What process.stdout and process.stderr are. */
export interface ProcessStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/**
 * An output of the process. Node's own stream is made for a terminal and for a pipe that is full, and not otherwise: making it
 * loads its network code, which takes longer than issuing a certificate.
 *
 * @internal
 */
export function createOutput(fd: 1 | 2, open: () => ProcessStream): CliStream {
  const isDevice = isCharacterDevice(fd);
  let isClosed = false;
  return {
    get isTTY() {
      return isDevice && open().isTTY === true;
    },
    get columns() {
      return isDevice ? open().columns : undefined;
    },
    write: (text) => {
      if (isClosed) return;
      if (isDevice) {
        open().write(text);
        return;
      }
      const outcome = writeAll(fd, Buffer.from(text));
      isClosed = outcome.isClosed;
      if (outcome.rest.length > 0) open().write(outcome.rest.toString());
    },
  };
}

interface Outcome {
  readonly rest: Buffer;
  readonly isClosed: boolean;
}

function writeAll(fd: number, bytes: Buffer): Outcome {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Whoever reads may have seen enough, as head(1) does: that is no failure.
    if (code === 'EPIPE') return { rest: Buffer.alloc(0), isClosed: true };
    if (code === 'EAGAIN') return { rest, isClosed: false };
    throw error;
  }
  return { rest, isClosed: false };
}

function isCharacterDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}
