/**
 * Reads the bytes of a limit such as LimitAS=: `soft:hard` or one for both, with a suffix to the base 1024 (systemd.exec(5)).
 *
 * @returns infinity where it says none
 * @example
 * ```ts
 * parseByteLimit('4G'); // => 4294967296
 * ```
 * @internal
 */
export function parseByteLimit(text: string): number {
  const [, number = '', suffix = ''] = /^(\d{1,18})([KMGTPE]?)/.exec(text) ?? [];
  if (number === '') return Number.POSITIVE_INFINITY;
  return Number(number) * 1024 ** ' KMGTPE'.indexOf(suffix === '' ? ' ' : suffix);
}
