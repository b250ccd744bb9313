import { derKeyAt } from './der-key.js';
import { type Reading, readingBuilder } from './reading.js';
import { characterLength } from './text-octets.js';

interface Alphabet {
  readonly values: Uint8Array;
  /** The digit that stands for a group of zeros. */
  readonly zeros: number;
}

const NONE = 0xff;
/** Adobe's, RFC 1924's (Git, Python's b85encode) and ZeroMQ's (rfc.zeromq.org/spec/32). */
const ALPHABETS: readonly Alphabet[] = [
  alphabet(Array.from({ length: 85 }, (_, value) => String.fromCharCode(0x21 + value)).join(''), 'z'),
  alphabet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'),
  alphabet('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'),
];
const BASE = 85;
const GROUP = 5;
/** Every key in DER begins with 0x30, and a group that does with this digit. */
const FIRST_OF_DER = Math.floor(0x3000_0000 / BASE ** 4);
/** Octets that tell what begins: the longest head of a key in DER has 22. */
const HEAD = 24;
const SEQUENCE = 0x30;
const LARGEST = 0xffff_ffff;
const [TAB, SPACE] = [0x09, 0x20];

/**
 * What is written in one of the alphabets with 85 digits, and begins like a key or a text.
 *
 * @internal
 */
export function* base85Readings(codes: Uint16Array): Generator<Reading> {
  const head = new Uint8Array(HEAD);
  for (const digits of ALPHABETS)
    for (let at = 0; at < codes.length; at += 1) {
      const first = digitOf(digits, codes[at] ?? 0);
      if (first === NONE) continue;
      // A text begins where no other word does.
      const mayBeText = !isLetterOrDecimal(codes[at - 1] ?? 0);
      if (first !== FIRST_OF_DER && !mayBeText) continue;
      if (!hasHead(codes, at, digits, head, mayBeText)) continue;
      const { reading, end } = decode(codes, at, digits);
      yield reading;
      at = end - 1;
    }
}

/** Most places are none after their first group. */
function hasHead(
  codes: Uint16Array,
  from: number,
  digits: Alphabet,
  head: Uint8Array,
  mayBeText: boolean,
): boolean {
  let length = 0;
  let isText = mayBeText;
  for (let at = from; length < HEAD; length += 4) {
    const number = groupAt(codes, at, digits);
    if (number < 0) break;
    const mayBeDer = length === 0 ? number >>> 24 === SEQUENCE : head[0] === SEQUENCE;
    isText &&= isTextGroup(number);
    if (!(mayBeDer || isText)) return false;
    for (let index = 0; index < 4; index += 1) head[length + index] = (number >>> (24 - 8 * index)) & 0xff;
    if (length === 4 && !isText && !beginsWithMember(head)) return false;
    at += codes[at] === digits.zeros ? 1 : GROUP;
    while (isLineEnd(codes[at] ?? 0)) at += 1;
  }
  if (length < 8) return false;
  const found = head.subarray(0, length);
  return derKeyAt(found, 0) !== undefined || (length === HEAD && isText && isTextHead(found));
}

/** A key in DER has a number or a sequence first. */
function beginsWithMember(head: Uint8Array): boolean {
  const size = head[1] ?? 0;
  const first = head[size <= 0x80 ? 2 : size - 0x7e];
  return first === 0x02 || first === SEQUENCE;
}

/** ASCII that a text has, or any part of UTF-8. */
function isTextGroup(number: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const octet = (number >>> shift) & 0xff;
    if (octet < 0x20 ? !(octet === 0 || octet === 0x1b || (octet >= 0x07 && octet <= 0x0d)) : octet === 0x7f)
      return false;
  }
  return true;
}

/** The last character may be cut. */
function isTextHead(octets: Uint8Array): boolean {
  for (let at = 0; at < octets.length - 3; ) {
    const length = characterLength(octets, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** Up to a sign that is no digit; line ends and what lines are indented with lie between digits. */
function decode(
  codes: Uint16Array,
  from: number,
  digits: Alphabet,
): { readonly reading: Reading; readonly end: number } {
  const reading = readingBuilder();
  let at = from;
  let end = from;
  while (at < codes.length) {
    if (codes[at] === digits.zeros) {
      for (let index = 0; index < 4; index += 1) reading.add(0, at);
      at += 1;
      end = at;
      continue;
    }
    const units: number[] = [];
    while (units.length < GROUP && at < codes.length) {
      if (digitOf(digits, codes[at] ?? 0) !== NONE) units.push(at);
      else if (!isBetween(codes, at)) break;
      at += 1;
    }
    // A group that is cut stands for one octet less than it has digits, filled up with the last one.
    let number = 0;
    for (let index = 0; index < GROUP; index += 1)
      number =
        number * BASE + (index < units.length ? digitOf(digits, codes[units[index] ?? 0] ?? 0) : BASE - 1);
    if (units.length < 2 || number > LARGEST) break;
    for (let index = 0; index < units.length - 1; index += 1)
      reading.add((number >>> (24 - 8 * index)) & 0xff, units[0] ?? from);
    end = (units.at(-1) ?? at) + 1;
    if (units.length < GROUP) break;
  }
  return { reading: reading.finish(end), end };
}

/** The next group, where all of it lies on one line; negative where there is none. */
function groupAt(codes: Uint16Array, at: number, digits: Alphabet): number {
  if (codes[at] === digits.zeros) return 0;
  let number = 0;
  for (let index = at; index < at + GROUP; index += 1) {
    const value = digitOf(digits, codes[index] ?? 0);
    if (value === NONE) return -1;
    number = number * BASE + value;
  }
  return number > LARGEST ? -1 : number;
}

function isBetween(codes: Uint16Array, at: number): boolean {
  const code = codes[at] ?? 0;
  if (isLineEnd(code)) return true;
  const before = codes[at - 1] ?? 0;
  return (code === SPACE || code === TAB) && (isLineEnd(before) || before === SPACE || before === TAB);
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function isLetterOrDecimal(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function digitOf({ values }: Alphabet, code: number): number {
  return values[code] ?? NONE;
}

function alphabet(text: string, zeros = ''): Alphabet {
  const values = new Uint8Array(128).fill(NONE);
  for (const [value, digit] of [...text].entries()) values[digit.charCodeAt(0)] = value;
  return { values, zeros: zeros === '' ? -1 : zeros.charCodeAt(0) };
}
