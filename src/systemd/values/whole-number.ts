const DIGITS: Readonly<Record<number, RegExp>> = {
  2: /^[01]+$/,
  8: /^[0-7]+$/,
  10: /^\d+$/,
  16: /^[0-9a-fA-F]+$/,
};
const PREFIX: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/**
 * Reads a whole number as systemd does: decimal, `0x…`, `0b…`, `0o…`, and with a leading zero octal (systemd `src/basic/parse-util.c`,
 * safe_atou64_full, safe_atoi).
 *
 * @returns undefined for what is none
 * @example
 * ```ts
 * parseWholeNumber('0x10'); // => 16n
 * parseWholeNumber('65536k'); // => undefined
 * ```
 * @internal
 */
export function parseWholeNumber(text: string): bigint | undefined {
  const [, sign = '', body = ''] = /^[ \t]*([+-]?)(\w+)$/.exec(text) ?? [];
  const [base, digits] = withBase(body);
  if (DIGITS[base]?.test(digits) !== true) return undefined;
  const number = BigInt(`${PREFIX[base]}${digits}`);
  return sign === '-' ? -number : number;
}

/**
 * Whether a text is a whole number from one to another.
 *
 * @internal
 */
export function isBetween(text: string, least: bigint, most: bigint): boolean {
  const number = parseWholeNumber(text);
  return number !== undefined && number >= least && number <= most;
}

function withBase(body: string): readonly [base: number, digits: string] {
  const [, letter = '', rest = ''] = /^0([xXbBoO])(.+)$/.exec(body) ?? [];
  if (letter !== '') return [{ x: 16, b: 2, o: 8 }[letter.toLowerCase()] ?? 10, rest];
  return /^0\d/.test(body) ? [8, body.slice(1)] : [10, body];
}
