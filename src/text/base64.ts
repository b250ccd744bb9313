const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Base64 with padding (RFC 4648, 4). What issues certificates needs nothing but the language: btoa and Buffer are globals of the
 * host, and Node 20 has no `Uint8Array.prototype.toBase64`.
 *
 * @internal
 */
export function encodeBase64(octets: Uint8Array): string {
  let text = '';
  let index = 0;
  for (; index + 2 < octets.length; index += 3)
    text += fourCharacters(
      ((octets[index] ?? 0) << 16) | ((octets[index + 1] ?? 0) << 8) | (octets[index + 2] ?? 0),
    );
  const left = octets.length - index;
  if (left === 0) return text;
  const bits = ((octets[index] ?? 0) << 16) | ((octets[index + 1] ?? 0) << 8);
  return `${text}${fourCharacters(bits).slice(0, left + 1)}${'='.repeat(3 - left)}`;
}

function fourCharacters(bits: number): string {
  return (
    ALPHABET.charAt(bits >> 18) +
    ALPHABET.charAt((bits >> 12) & 0x3f) +
    ALPHABET.charAt((bits >> 6) & 0x3f) +
    ALPHABET.charAt(bits & 0x3f)
  );
}
