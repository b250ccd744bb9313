const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Base64url without padding (RFC 4648, 5), as the numbers of a JSON Web Key are written (RFC 7518, 6).
 *
 * @returns undefined where the text is none
 * @internal
 */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const octets = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let position = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    octets[position] = (bits >> bitCount) & 0xff;
    position += 1;
  }
  return octets;
}
