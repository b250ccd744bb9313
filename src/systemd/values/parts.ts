/**
 * Reads a part of a whole: `50%`, `12.5%`, `125‰` or `1250‱` (systemd `src/basic/percent-util.c`).
 *
 * @returns in ten-thousandths; undefined for what is none, such as `50`
 * @example
 * ```ts
 * parsePermyriad('12.5%'); // => 1250
 * ```
 * @internal
 */
export function parsePermyriad(text: string): number | undefined {
  const [, whole = '', tenths, hundredths, symbol = ''] =
    /^(\d{1,9})(?:\.(\d)(\d)?)?([%‰‱])$/.exec(text) ?? [];
  if (whole === '') return undefined;
  if (symbol === '%') return Number(whole) * 100 + Number(tenths ?? 0) * 10 + Number(hundredths ?? 0);
  if (symbol === '‰') return hundredths === undefined ? Number(whole) * 10 + Number(tenths ?? 0) : undefined;
  return tenths === undefined ? Number(whole) : undefined;
}
