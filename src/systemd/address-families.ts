/**
 * Whether RestrictAddressFamilies= leaves a service a family of sockets: an allow-list, or with `~` a list of what is refused; `none`
 * refuses all (systemd.exec(5)).
 *
 * @param lines - the values after the last reset
 * @example
 * ```ts
 * familiesLeft(['AF_INET', 'AF_UNIX'])('AF_INET6'); // => false
 * ```
 * @internal
 */
export function familiesLeft(lines: readonly string[]): (family: string) => boolean {
  const [first = ''] = lines;
  if (first === '') return () => true;
  if (first === 'none') return () => false;
  const isRefusing = first.startsWith('~');
  const listed = new Set<string>();
  for (const line of lines) {
    const isInverted = line.startsWith('~');
    for (const family of line.replace(/^~/, '').split(/\s+/)) {
      if (isInverted === isRefusing) listed.add(family);
      else listed.delete(family);
    }
  }
  return (family) => listed.has(family) !== isRefusing;
}
