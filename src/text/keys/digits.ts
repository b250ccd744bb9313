/**
 * The digits of a text in one alphabet, all else left out: labels, quotes, line ends, comment signs, colons.
 *
 * @internal
 */
export interface Digits {
  readonly bits: 4 | 5 | 6 | 8;
  readonly values: Uint8Array;
  /** The unit that each digit stands in, or starts at. */
  readonly units: Int32Array;
  /** Whether a unit stands behind `0x`. */
  readonly isAfterPrefix: (unit: number) => boolean;
}

const NONE = 0xff;
const BASE64 = table('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
/** RFC 4648, 5 */
BASE64[0x2d] = 62;
BASE64[0x5f] = 63;
const HEXADECIMAL = table('0123456789abcdef');
for (const [value, letter] of [...'ABCDEF'].entries()) HEXADECIMAL[letter.charCodeAt(0)] = 10 + value;
const [PLUS, MINUS, ZERO, NINE, X, LOWER_X] = [0x2b, 0x2d, 0x30, 0x39, 0x58, 0x78];
const [UPPER_A, UPPER_Z, LOWER_A, LOWER_Z] = [0x41, 0x5a, 0x61, 0x7a];

/**
 * @returns whether a unit is a digit of Base64, of either alphabet, and no sign that stands alone: a list's dash, a sum's plus
 * @internal
 */
export function isBase64Digit(codes: Uint16Array, index: number): boolean {
  const code = codes[index] ?? 0;
  if (valueIn(BASE64, code) === NONE) return false;
  if (code !== PLUS && code !== MINUS) return true;
  return isBesideDigit(codes, index, -1) || isBesideDigit(codes, index, 1);
}

/** The letters of UTF-16 have a NUL between them. */
function isBesideDigit(codes: Uint16Array, index: number, step: 1 | -1): boolean {
  const beside = codes[index + step] ?? 0;
  return valueIn(BASE64, beside === 0 ? (codes[index + 2 * step] ?? 0) : beside) !== NONE;
}

/** @internal */
export function base64Digits(codes: Uint16Array): Digits {
  return digitsOf(codes, 6, (index) =>
    isBase64Digit(codes, index) ? valueIn(BASE64, codes[index] ?? 0) : NONE,
  );
}

/**
 * The `0x` before an octet is none of its digits.
 *
 * @internal
 */
export function hexadecimalDigits(codes: Uint16Array): Digits {
  return digitsOf(codes, 4, (index) =>
    isPrefix(codes, index) ? NONE : valueIn(HEXADECIMAL, codes[index] ?? 0),
  );
}

/**
 * Octets as numbers: decimal, as JSON has them of a buffer, with a sign, as Java has them, or behind `0x` with no zero in front, as Go prints
 * them.
 *
 * @param isListed - whether a number counts, which ends before a unit
 * @internal
 */
export function numberedOctets(codes: Uint16Array, isListed: (end: number) => boolean = () => true): Digits {
  const numbers = new Int32Array(codes.length).fill(-1);
  for (let index = 0; index < codes.length; ) {
    const start = index;
    const isNegative = isSign(codes, index);
    if (isNegative) index += 1;
    const base = isPrefix(codes, index) ? 16 : 10;
    if (base === 16) index += 2;
    const first = index;
    let number = 0;
    for (let digit = digitAt(codes, index, base); digit !== NONE; digit = digitAt(codes, index, base)) {
      number = Math.min(0x100, number * base + digit);
      index += 1;
    }
    const octet = isNegative ? 0x100 - number : number;
    const isOctet = index > first && octet < 0x100 && octet >= (isNegative ? 0x80 : 0);
    if (isOctet && isListed(index)) numbers[start] = octet;
    if (index === first) index = start + 1;
  }
  return digitsOf(codes, 8, (index) => numbers[index] ?? -1, -1);
}

/**
 * {@link numberedOctets} without the numbers that are names of others: `{"0": 48, "1": 130}`.
 *
 * @returns undefined where there are no such names
 * @internal
 */
export function namedOctets(codes: Uint16Array): Digits | undefined {
  let names = 0;
  const digits = numberedOctets(codes, (end) => {
    const isName = isNameEnd(codes, end);
    if (isName) names += 1;
    return !isName;
  });
  return names === 0 ? undefined : digits;
}

/**
 * Where the row that each number stands in ends, as the index of the number behind it: in a row, numbers have only signs and blanks
 * between them.
 *
 * @internal
 */
export function rowEnds(codes: Uint16Array, { units }: Digits, hasNames: boolean): Int32Array {
  const ends = new Int32Array(units.length);
  for (let index = units.length - 1; index >= 0; index -= 1) {
    let at = numberEnd(codes, units[index] ?? 0);
    const next = units[index + 1] ?? -1;
    while (at < next && (!isLetterOrDecimal(codes[at] ?? 0) || (hasNames && isDecimal(codes[at] ?? 0))))
      at += 1;
    ends[index] = at === next ? (ends[index + 1] ?? 0) : index + 1;
  }
  return ends;
}

/** @internal */
export function numberEnd(codes: Uint16Array, from: number): number {
  let end = isSign(codes, from) ? from + 1 : from;
  while (isLetterOrDecimal(codes[end] ?? 0)) end += 1;
  return end;
}

/**
 * The octets of digits, the first of which begins an octet.
 *
 * @param phase - how many digits at the start are left out
 * @internal
 */
export function octetsOf({ bits, values }: Digits, phase: number): Uint8Array {
  const octets = new Uint8Array(Math.max(0, Math.floor(((values.length - phase) * bits) / 8)));
  let held = 0;
  let heldBits = 0;
  let position = 0;
  for (let index = phase; index < values.length; index += 1) {
    held = ((held << bits) | (values[index] ?? 0)) & 0xffff;
    heldBits += bits;
    if (heldBits < 8) continue;
    heldBits -= 8;
    octets[position] = (held >> heldBits) & 0xff;
    position += 1;
  }
  return octets;
}

function digitsOf(
  codes: Uint16Array,
  bits: Digits['bits'],
  valueAt: (index: number) => number,
  none: number = NONE,
): Digits {
  const values = new Uint8Array(codes.length);
  const units = new Int32Array(codes.length);
  let count = 0;
  for (let index = 0; index < codes.length; index += 1) {
    const value = valueAt(index);
    if (value === none) continue;
    values[count] = value;
    units[count] = index;
    count += 1;
  }
  return {
    bits,
    values: values.subarray(0, count),
    units: units.subarray(0, count),
    isAfterPrefix: (unit) => bits === 4 && isPrefix(codes, unit - 2),
  };
}

function isPrefix(codes: Uint16Array, index: number): boolean {
  const next = codes[index + 1];
  return codes[index] === ZERO && (next === X || next === LOWER_X);
}

/** A dash between two numbers is none. */
function isSign(codes: Uint16Array, index: number): boolean {
  return (
    codes[index] === MINUS && isDecimal(codes[index + 1] ?? 0) && !isLetterOrDecimal(codes[index - 1] ?? 0)
  );
}

/** Behind a name there are its quote, blanks and a colon, or an arrow. */
function isNameEnd(codes: Uint16Array, end: number): boolean {
  let at = end;
  while (at < end + 4 && (codes[at] === 0x22 || codes[at] === 0x27 || codes[at] === 0x20)) at += 1;
  return codes[at] === 0x3a || (codes[at] === 0x3d && codes[at + 1] === 0x3e);
}

function isDecimal(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function digitAt(codes: Uint16Array, index: number, base: 10 | 16): number {
  const code = codes[index] ?? 0;
  return base === 16 || isDecimal(code) ? valueIn(HEXADECIMAL, code) : NONE;
}

function isLetterOrDecimal(code: number): boolean {
  return isDecimal(code) || (code >= UPPER_A && code <= UPPER_Z) || (code >= LOWER_A && code <= LOWER_Z);
}

function valueIn(values: Uint8Array, code: number): number {
  return values[code] ?? NONE;
}

function table(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(NONE);
  for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;
  return values;
}
