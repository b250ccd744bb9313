/** Binary units as IEC writes them and as Kubernetes does, decimal ones as SI does. */
const UNITS: Readonly<Record<string, bigint>> = {
  B: 1n,
  Ki: 2n ** 10n,
  KiB: 2n ** 10n,
  Mi: 2n ** 20n,
  MiB: 2n ** 20n,
  Gi: 2n ** 30n,
  GiB: 2n ** 30n,
  Ti: 2n ** 40n,
  TiB: 2n ** 40n,
  kB: 10n ** 3n,
  KB: 10n ** 3n,
  MB: 10n ** 6n,
  GB: 10n ** 9n,
  TB: 10n ** 12n,
};
const SIZE = /^(\d{1,20})(?:\.(\d{1,9}))? ?([A-Za-z]{1,3})$/;

/**
 * Reads a size with a unit such as `6GiB`, `1.5MiB` or `500 MB`. A bare K, M or G is ambiguous: some read 1000, some 1024.
 *
 * @returns whole bytes, or undefined where the text has no unit, an unknown one, or names part of a byte
 * @internal
 */
export function parseByteSize(text: string): bigint | undefined {
  const [, integer, fraction = '', unit = ''] = SIZE.exec(text) ?? [];
  const scale = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (integer === undefined || scale === undefined) return undefined;
  const divisor = 10n ** BigInt(fraction.length);
  const scaled = BigInt(integer + fraction) * scale;
  return scaled % divisor === 0n ? scaled / divisor : undefined;
}
