import { type Digits, octetsOf } from './digits.js';
import type { Reading } from './reading.js';

/** RFC 4648, 6: letters of one case, and six digits. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const NONE = 0xff;
const UPPER = table(ALPHABET);
const LOWER = table(ALPHABET.toLowerCase());
/** Digits of one octet group, so that each begins an octet in one of eight phases. */
const PHASES = 8;
/** Shorter runs are words. */
const SHORTEST_RUN = 8;
const SHORTEST = 24;
/** Units between the pieces of one text: line ends, quotes, comment signs. */
const NEAR = 24;

/**
 * What is written in Base32, in one piece or in several.
 *
 * @internal
 */
export function* base32Readings(codes: Uint16Array): Generator<Reading> {
  let values: number[] = [];
  let units: number[] = [];
  let end = 0;
  const flush = function* (): Generator<Reading> {
    if (values.length >= SHORTEST) yield* inEveryPhase(values, units, end);
    values = [];
    units = [];
  };
  for (const [from, to, digits] of runs(codes)) {
    if (from - end > NEAR) yield* flush();
    for (let index = from; index < to; index += 1) {
      values.push(digits[codes[index] ?? 0] ?? NONE);
      units.push(index);
    }
    end = to;
  }
  yield* flush();
}

function* inEveryPhase(values: readonly number[], units: readonly number[], end: number): Generator<Reading> {
  const digits: Digits = {
    bits: 5,
    values: Uint8Array.from(values),
    units: Int32Array.from(units),
    isAfterPrefix: () => false,
  };
  for (let phase = 0; phase < PHASES; phase += 1) {
    const octets = octetsOf(digits, phase);
    const unitOf = (octet: number): number =>
      octet < octets.length ? (units[phase + Math.floor((octet * 8) / 5)] ?? end) : end;
    yield { octets, unitOf };
  }
}

function* runs(codes: Uint16Array): Generator<readonly [from: number, to: number, digits: Uint8Array]> {
  for (let from = 0; from < codes.length; ) {
    const upper = runEnd(codes, from, UPPER);
    const lower = runEnd(codes, from, LOWER);
    const to = Math.max(upper, lower);
    if (to - from >= SHORTEST_RUN) yield [from, to, upper >= lower ? UPPER : LOWER];
    from = Math.max(to, from + 1);
  }
}

function runEnd(codes: Uint16Array, from: number, digits: Uint8Array): number {
  let end = from;
  while (end < codes.length && (digits[codes[end] ?? 0] ?? NONE) !== NONE) end += 1;
  return end;
}

function table(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(NONE);
  for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;
  return values;
}
