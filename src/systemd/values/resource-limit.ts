import { parseByteSize } from './byte-size.js';
import { parseTimeSpan } from './time-span.js';
import { parseWholeNumber } from './whole-number.js';

/**
 * How one number of a limit is written (systemd `src/basic/rlimit-util.c`, rlimit_parse_table).
 *
 * @internal
 */
export type LimitUnit = 'count' | 'bytes' | 'seconds' | 'microseconds' | 'nice';

/** An `rlim_t` has 64 bits, and all of them say infinity (getrlimit(2)). */
const INFINITY_BITS = 2n ** 64n - 1n;
const MOST_NICE = 40n;

/**
 * Reads a limit such as LimitNOFILE=: `soft:hard`, or one for both (systemd.exec(5)).
 *
 * @returns the soft limit, Infinity where it says none; undefined for what is none, such as `65536k` in the place of a count
 * @example
 * ```ts
 * parseResourceLimit('4G', 'bytes'); // => 4294967296
 * parseResourceLimit('1024:512', 'count'); // => undefined
 * ```
 * @internal
 */
export function parseResourceLimit(text: string, unit: LimitUnit): number | undefined {
  const [soft = '', hard = soft, ...others] = text.split(':');
  const [low, high] = [parseOne(soft, unit), parseOne(hard, unit)];
  if (low === undefined || high === undefined || low > high || others.join(':') !== '') return undefined;
  return low;
}

function parseOne(text: string, unit: LimitUnit): number | undefined {
  if (text === 'infinity' && unit !== 'nice') return Number.POSITIVE_INFINITY;
  switch (unit) {
    case 'bytes':
      return parseByteSize(text);
    case 'seconds':
      return parseTimeSpan(text);
    case 'microseconds':
      return parseTimeSpan(text, 1e-6);
    case 'count': {
      const count = parseWholeNumber(text);
      return count === undefined || count < 0n || count >= INFINITY_BITS ? undefined : Number(count);
    }
    case 'nice':
      return parseNice(text);
  }
}

/** Behind a sign it is a nice level, without one the limit itself, which is 20 less the level (setrlimit(2), RLIMIT_NICE). */
function parseNice(text: string): number | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const number = parseWholeNumber(rest);
  if (number === undefined || number < 0n) return undefined;
  if (sign === '') return number > MOST_NICE ? undefined : Number(number);
  const [level, most] = sign === '+' ? [number, 19n] : [-number, 20n];
  return number > most ? undefined : 20 - Number(level);
}
