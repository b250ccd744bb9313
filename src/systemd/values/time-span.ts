/** In seconds. */
const UNITS: readonly (readonly [names: string, seconds: number])[] = [
  ['seconds second sec s', 1],
  ['minutes minute min', 60],
  ['months month M', 2_629_800],
  ['msec ms', 1e-3],
  ['m', 60],
  ['hours hour hr h', 3600],
  ['days day d', 86_400],
  ['weeks week w', 604_800],
  ['years year y', 31_557_600],
  ['usec us µs μs', 1e-6],
];
const SECONDS: ReadonlyMap<string, number> = new Map(
  UNITS.flatMap(([names, seconds]) => names.split(' ').map((name): [string, number] => [name, seconds])),
);
/** A unit may follow another one at once, so the longer names stand before those that they begin with. */
const PART =
  /[ \t]*\+?(?=[\d.])(\d{0,18})(?:\.(\d+))?(?:[ \t]*(seconds|second|sec|s|minutes|minute|min|months|month|M|msec|ms|m|hours|hour|hr|h|days|day|d|weeks|week|w|years|year|y|usec|us|µs|μs)|(?![^ \t]))[ \t]*/y;
/** 64 bits of microseconds (systemd `src/basic/time-util.h`, USEC_INFINITY). */
const LONGEST = 2 ** 64 / 1e6;

/**
 * Reads a time span of systemd.time(7), such as `1min 30s` (systemd `src/basic/time-util.c`, parse_time).
 *
 * @param unit - seconds that a number without a unit stands for
 * @returns seconds, Infinity for `infinity`; undefined for what is none
 * @example
 * ```ts
 * parseTimeSpan('1min 30s'); // => 90
 * parseTimeSpan('5 minuts'); // => undefined
 * ```
 * @internal
 */
export function parseTimeSpan(text: string, unit = 1): number | undefined {
  if (text.trim() === 'infinity') return Number.POSITIVE_INFINITY;
  let total = 0;
  PART.lastIndex = 0;
  do {
    const [part, whole = '', fraction = '', name] = PART.exec(text) ?? [];
    if (part === undefined || whole + fraction === '') return undefined;
    total += Number(`${whole}.${fraction}`) * (name === undefined ? unit : (SECONDS.get(name) ?? unit));
  } while (PART.lastIndex < text.length);
  return total < LONGEST ? total : undefined;
}
