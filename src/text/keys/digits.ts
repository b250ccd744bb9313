/**
 * The digits of a text in one alphabet, all else left out: labels, quotes, line ends, comment signs, colons.
 *
 * @internal
 */
export interface Digits {
  readonly bits: 4 | 6 | 8;
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

/**
 * @returns whether a unit is a digit of Base64, of either alphabet, and no sign that stands alone: a list's dash, a sum's plus
 * @internal
 */
export function isBase64Digit(codes: Uint16Array, index: number): boolean {
  const code = codes[index] ?? 0;
  if (valueIn(BASE64, code) === NONE) return false;
  if (code !== PLUS && code !== MINUS) return true;
  return valueIn(BASE64, codes[index - 1] ?? 0) !== NONE || valueIn(BASE64, codes[index + 1] ?? 0) !== NONE;
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
 * Octets as decimal numbers, as JSON has them of a buffer.
 *
 * @internal
 */
export function decimalOctets(codes: Uint16Array): Digits {
  const numbers = new Int32Array(codes.length).fill(-1);
  for (let index = 0; index < codes.length; ) {
    const start = index;
    let number = 0;
    while (isDecimal(codes[index] ?? 0)) {
      number = Math.min(0x100, number * 10 + (codes[index] ?? 0) - ZERO);
      index += 1;
    }
    if (index > start && number < 0x100) numbers[start] = number;
    if (index === start) index += 1;
  }
  return digitsOf(codes, 8, (index) => numbers[index] ?? -1, -1);
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

function isDecimal(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function valueIn(values: Uint8Array, code: number): number {
  return values[code] ?? NONE;
}

function table(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(NONE);
  for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;
  return values;
}
