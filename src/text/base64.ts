import { asciiText } from './ascii-text.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** `=` */
const PADDING = 0x3d;

/**
 * Base64 with padding (RFC 4648, 4). What issues certificates needs nothing but the language: btoa and Buffer are globals of the
 * host, and Node 20 has no `Uint8Array.prototype.toBase64`.
 *
 * @internal
 */
export function encodeBase64(octets: Uint8Array): string {
  const codes: number[] = [];
  for (let index = 0; index < octets.length; index += 3) {
    const bits = ((octets[index] ?? 0) << 16) | ((octets[index + 1] ?? 0) << 8) | (octets[index + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) codes.push(ALPHABET.charCodeAt((bits >> shift) & 0x3f));
  }
  const missing = (3 - (octets.length % 3)) % 3;
  return asciiText(codes.fill(PADDING, codes.length - missing));
}
