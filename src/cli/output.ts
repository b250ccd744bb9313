import { fstatSync, writeSync } from 'node:fs';
import type { CliStream } from './io.js';

/** What process.stdout and process.stderr are. */
export interface ProcessStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string | Uint8Array) => unknown;
  readonly on: (event: 'error', listener: () => void) => unknown;
}

/**
 * An output of the process. Node's own stream is made for a terminal and for a pipe that is full, and not otherwise: making it
 * loads its network code, which takes longer than issuing a certificate.
 *
 * @internal
 */
export function createOutput(fd: 1 | 2, open: () => ProcessStream): CliStream {
  let isClosed = false;
  let stream: ProcessStream | undefined;
  const openStream = (): ProcessStream => {
    if (stream === undefined) {
      stream = open();
      stream.on('error', () => undefined);
    }
    return stream;
  };
  const isTerminal = (): boolean => isCharacterDevice(fd) && openStream().isTTY === true;
  return {
    get isTTY() {
      return isTerminal();
    },
    get columns() {
      return isTerminal() ? openStream().columns : undefined;
    },
    write: (text) => {
      if (isClosed) return;
      const outcome = isTerminal() ? { rest: text, isClosed } : writeAll(fd, Buffer.from(text));
      isClosed = outcome.isClosed;
      if (outcome.rest.length === 0) return;
      openStream().write(outcome.rest);
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
    // The reader may have seen enough, as head(1) does: not a failure.
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
