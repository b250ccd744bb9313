/**
 * Octets of the character that begins at an octet, ASCII or UTF-8 (RFC 3629, 4); 0 where none does. ESC begins what moves a terminal's
 * cursor, and UTF-16 has a zero beside each letter.
 *
 * @internal
 */
export function characterLength(octets: Uint8Array, at: number): number {
  const octet = octets[at];
  if (octet === undefined) return 0;
  if (octet < 0x80) return isTextOctet(octet) ? 1 : 0;
  const length = sequenceLength(octet);
  for (let index = 1; index < length; index += 1) if (((octets[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/**
 * The text of octets that are all of characters, without zeros.
 *
 * @internal
 */
export function textOfOctets(octets: Uint8Array): string {
  const letters: string[] = [];
  for (let at = 0; at < octets.length; ) {
    const length = Math.max(1, characterLength(octets, at));
    let code = octets[at] ?? 0;
    if (length > 1) code &= 0xff >> (length + 1);
    for (let index = 1; index < length; index += 1) code = (code << 6) | ((octets[at + index] ?? 0) & 0x3f);
    if (code !== 0) letters.push(String.fromCodePoint(Math.min(code, 0x10_ffff)));
    at += length;
  }
  return letters.join('');
}

function isTextOctet(octet: number): boolean {
  return (octet >= 0x20 && octet < 0x7f) || (octet >= 0x07 && octet <= 0x0d) || octet === 0 || octet === 0x1b;
}

function sequenceLength(first: number): number {
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}
