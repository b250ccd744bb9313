import type { TextStore } from '../bundle/manifest/write.js';
import { openSpill, type Spill } from './spill.js';

/** Octets that are held: all of a small cluster, which never asks for a file. */
const HELD = 2 ** 16;
/** Octets that are read at once. */
const CHUNK = 2 ** 15;

/**
 * Stores whose text lies in a file without a name, together, until `close`.
 *
 * @internal
 */
export interface SpilledText {
  readonly openStore: () => TextStore;
  readonly close: () => void;
}

interface Range {
  readonly position: number;
  readonly length: number;
}

/**
 * The file is opened once there is much to hold. Where the system's folder for temporary files takes none, memory does.
 *
 * @internal
 */
export function spilledText(): SpilledText {
  let spill: Spill | undefined;
  const spilled = (octets: Uint8Array): Range | undefined => {
    try {
      spill ??= openSpill();
      const position = spill.size();
      spill.append(octets);
      return { position, length: octets.length };
    } catch {
      return undefined;
    }
  };
  // One buffer for all: what each of its own took would stay until the next collection.
  const read = function* (
    { position, length }: Range,
    buffer: Uint8Array,
  ): Generator<Uint8Array, void, undefined> {
    for (let at = 0; at < length; ) {
      const count = spill?.readInto(buffer.subarray(0, length - at), position + at) ?? 0;
      if (count === 0) throw new Error('A temporary file was cut short.');
      yield buffer.subarray(0, count);
      at += count;
    }
  };
  return {
    openStore: () => {
      const encoder = new TextEncoder();
      const parts: (Range | Uint8Array)[] = [];
      const held = new Uint8Array(HELD);
      let size = 0;
      const makeRoom = (): void => {
        const octets = held.subarray(0, size);
        parts.push(spilled(octets) ?? octets.slice());
        size = 0;
      };
      return {
        write: (text) => {
          for (let at = 0; at < text.length; ) {
            const taken = encoder.encodeInto(at === 0 ? text : text.slice(at), held.subarray(size));
            at += taken.read;
            size += taken.written;
            if (at < text.length) makeRoom();
          }
        },
        insert: (octets) => {
          for (let at = 0; at < octets.length; ) {
            if (size === HELD) makeRoom();
            const part = octets.subarray(at, at + HELD - size);
            held.set(part, size);
            size += part.length;
            at += part.length;
          }
        },
        pieces: function* () {
          const buffer = new Uint8Array(CHUNK);
          for (const part of parts)
            if (part instanceof Uint8Array) yield part;
            else yield* read(part, buffer);
          yield held.subarray(0, size);
        },
      };
    },
    close: () => spill?.close(),
  };
}
