const UNITS: ReadonlyMap<string, number> = new Map([
  ...['usec', 'us', 'µs', 'μs'].map((name): [string, number] => [name, 1e-6]),
  ...['msec', 'ms'].map((name): [string, number] => [name, 1e-3]),
  ...['', 's', 'sec', 'second', 'seconds'].map((name): [string, number] => [name, 1]),
  ...['m', 'min', 'minute', 'minutes'].map((name): [string, number] => [name, 60]),
  ...['h', 'hr', 'hour', 'hours'].map((name): [string, number] => [name, 3600]),
  ...['d', 'day', 'days'].map((name): [string, number] => [name, 86_400]),
  ...['w', 'week', 'weeks'].map((name): [string, number] => [name, 604_800]),
]);

/**
 * Reads a time span of systemd.time(7), such as `1min 30s`.
 *
 * @returns seconds, Infinity for `infinity`; undefined for what is none
 * @internal
 */
export function parseTimeSpan(text: string): number | undefined {
  if (text.trim() === 'infinity') return Number.POSITIVE_INFINITY;
  let total = 0;
  let rest = text.trim();
  if (rest === '') return undefined;
  while (rest !== '') {
    const [whole = '', number = '', unit = ''] =
      /^(\d{1,15}(?:\.\d{1,9})?)[ \t]*([a-zµμ]*)[ \t]*/.exec(rest) ?? [];
    const factor = UNITS.get(unit);
    if (whole === '' || factor === undefined) return undefined;
    total += Number(number) * factor;
    rest = rest.slice(whole.length);
  }
  return total;
}
