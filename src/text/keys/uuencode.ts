import { linesOf, type Reading, type ReadingBuilder, readingBuilder } from './reading.js';

/** A line has at most 63 octets, and says in its first sign how many. */
const LONGEST = 1 + 84;
const [FIRST, LAST] = [0x20, 0x60];

/**
 * What uuencode(1) writes: lines that begin with their length. What stands before the first sign of a line is left out.
 *
 * @internal
 */
export function* uuencodeReadings(codes: Uint16Array): Generator<Reading> {
  let reading = readingBuilder();
  let end = 0;
  for (const [from, to] of linesOf(codes)) {
    const start = startOf(codes, from, to);
    if (start === undefined) {
      if (reading.length() > 0) yield reading.finish(end);
      if (reading.length() > 0) reading = readingBuilder();
      continue;
    }
    decodeLine(codes, start, reading);
    end = to;
  }
  if (reading.length() > 0) yield reading.finish(end);
}

/** The farthest sign from the end of a line that says how long the rest is. */
function startOf(codes: Uint16Array, from: number, to: number): number | undefined {
  let start: number | undefined;
  for (let at = to - 1; at >= Math.max(from, to - LONGEST); at -= 1) {
    const code = codes[at] ?? 0;
    if (code < FIRST || code > LAST) break;
    const length = digitOf(code);
    if (length > 0 && to - at === 1 + Math.ceil(length / 3) * 4) start = at;
  }
  return start;
}

function decodeLine(codes: Uint16Array, start: number, reading: ReadingBuilder): void {
  const length = digitOf(codes[start] ?? 0);
  for (let index = 0; index < length; index += 1) {
    const at = start + 1 + Math.floor(index / 3) * 4 + (index % 3);
    const pair = (digitOf(codes[at] ?? 0) << 6) | digitOf(codes[at + 1] ?? 0);
    reading.add((pair >> (4 - 2 * (index % 3))) & 0xff, index === 0 ? start : at);
  }
}

function digitOf(code: number): number {
  return (code - FIRST) & 0x3f;
}
