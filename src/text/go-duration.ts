/** Nanoseconds of each unit, both spellings of "micro" (U+00B5, U+03BC) included (Go `time.ParseDuration`). */
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;

/** No duration has that many characters, and reading one takes time by the square of them. */
const MAX_LENGTH = 256;
/** Go counts in int64, which has one number more below zero than above. */
const LONGEST = 2n ** 63n - 1n;

/**
 * Reads a Go duration such as `1h30m`, `1.5s`, `-10ms` or `0` the way Go does, digits below a nanosecond cut off.
 *
 * @returns nanoseconds, or undefined where Go's `time.ParseDuration` fails
 * @internal
 */
export function parseNanoseconds(text: string): bigint | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const negative = text.startsWith('-');
  const unsigned = /^[+-]/.test(text) ? text.slice(1) : text;
  if (unsigned === '0') return 0n;
  let total = 0n;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(unsigned); part !== null; part = PART.exec(unsigned)) {
    const [whole, number = '', unit = ''] = part;
    const [integer = '', fraction = ''] = number.split('.');
    const scale = UNITS[unit] ?? 0n;
    total += BigInt(integer) * scale + (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
    end += whole.length;
  }
  if (end === 0 || end !== unsigned.length || total > (negative ? LONGEST + 1n : LONGEST)) return undefined;
  return negative ? -total : total;
}

/**
 * Writes whole seconds as kubeadm prints a period: `8760h0m0s`.
 *
 * @internal
 */
export function formatGoDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours}h${minutes}m${seconds % 60}s`;
}
