/** To the base 1024, each once and the larger before the smaller (systemd `src/basic/parse-util.c`, parse_size). */
const SUFFIXES = 'EPTGMKB';
const PART = /[ \t]*\+?(\d{1,20})(?:\.(\d*))?[ \t]*([EPTGMKB]?)/y;
const LARGEST = 2n ** 64n;

/**
 * Reads a size such as `512M`, `1.5G` or `1G 512M`.
 *
 * @returns bytes; undefined for what is none, such as `2GB` and `64k`
 * @example
 * ```ts
 * parseByteSize('2G'); // => 2147483648
 * parseByteSize('2GB'); // => undefined
 * ```
 * @internal
 */
export function parseByteSize(text: string): number | undefined {
  let total = 0;
  let from = 0;
  PART.lastIndex = 0;
  do {
    const [part, whole = '', fraction = '', suffix = ''] = PART.exec(text) ?? [];
    const at = suffix === '' ? SUFFIXES.length : SUFFIXES.indexOf(suffix);
    if (part === undefined || at < from || BigInt(whole) >= LARGEST) return undefined;
    total += Number(`${whole}.${fraction}`) * 1024 ** Math.max(0, SUFFIXES.length - 1 - at);
    from = at + 1;
  } while (PART.lastIndex < text.length);
  return total < Number(LARGEST) ? Math.floor(total) : undefined;
}
