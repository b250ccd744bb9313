const UNITS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'm'],
  [1, 's'],
] as const;

/**
 * How far one moment is before another, in its two largest units, as Go writes durations: `9m33s`.
 *
 * @internal
 */
export function clockSpan(earlier: string, later: string): string | undefined {
  const seconds = Math.round((Date.parse(later) - Date.parse(earlier)) / 1_000);
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  let rest = seconds;
  const parts = UNITS.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return parts.slice(0, 2).join('');
}
