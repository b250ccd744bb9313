import { isBase64Digit } from './digits.js';
import type { Span } from './find-keys.js';

const EQUALS = 0x3d;
/** Neighbours in a name are mostly of one case; in Base64 two of three pairs differ in case or class. */
const LEAST_CHANGES = 0.3;
const CERTAIN_CHANGES = 0.42;
const LEAST_SHARE = 0.1;
/** Shorter ones, such as `IPv6`, are names whatever they look like. */
const SHORTEST_ENCODED = 8;
const SHORTEST_DIGEST = 16;

/**
 * What stands between signs that Base64 has not, its padding included.
 *
 * @internal
 */
export function* wordsIn(codes: Uint16Array, { from, to }: Span): Generator<Span> {
  for (let start = from; start < to; start += 1) {
    let end = start;
    while (end < to && isBase64Digit(codes, end)) end += 1;
    if (end === start) continue;
    while (codes[end] === EQUALS) end += 1;
    yield { from: start, to: end };
    start = end - 1;
  }
}

/**
 * Whether a word is like encoded octets rather than like a name, a path or a number.
 *
 * @internal
 */
export function isEncoded(codes: Uint16Array, { from, to }: Span): boolean {
  const { length, upper, lower, digit, changes } = classesOf(codes, from, to);
  if (length < SHORTEST_ENCODED) return false;
  const isMixed = upper >= length * LEAST_SHARE && lower >= length * LEAST_SHARE;
  if (isMixed) return changes >= (length - 1) * LEAST_CHANGES;
  return length >= SHORTEST_DIGEST && digit > 0 && changes >= length * 0.25;
}

/**
 * Whether a word can hardly be anything but Base64 of binary octets.
 *
 * @param isNearKey - there was a key, so that the word is more likely a part of it
 * @internal
 */
export function isCertainlyEncoded(codes: Uint16Array, word: Span, isNearKey = false): boolean {
  const { length, upper, lower, digit, changes } = classesOf(codes, word.from, word.to);
  if (upper < length * LEAST_SHARE || lower < length * LEAST_SHARE) return false;
  if (!isNearKey) return digit > 0 && changes >= (length - 1) * CERTAIN_CHANGES;
  // The short last line of a key may have no digit; no name and no assignment ends with two signs of padding.
  if (word.to - word.from - length === 2) return true;
  return changes >= (length - 1) * (digit > 0 ? LEAST_CHANGES : CERTAIN_CHANGES);
}

interface Classes {
  readonly length: number;
  readonly upper: number;
  readonly lower: number;
  readonly digit: number;
  /** Places where one class of letters follows another. */
  readonly changes: number;
}

function classesOf(codes: Uint16Array, from: number, to: number): Classes {
  const counts = [0, 0, 0, 0];
  let changes = 0;
  let former = -1;
  let end = to;
  while (end > from && codes[end - 1] === EQUALS) end -= 1;
  for (let index = from; index < end; index += 1) {
    const kind = classOf(codes[index] ?? 0);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (former >= 0 && kind !== former) changes += 1;
    former = kind;
  }
  const [upper = 0, lower = 0, digit = 0] = counts;
  return { length: end - from, upper, lower, digit, changes };
}

function classOf(code: number): 0 | 1 | 2 | 3 {
  if (code >= 0x41 && code <= 0x5a) return 0;
  if (code >= 0x61 && code <= 0x7a) return 1;
  return code >= 0x30 && code <= 0x39 ? 2 : 3;
}
