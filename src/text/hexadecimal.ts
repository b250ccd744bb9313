import { asciiText } from './ascii-text.js';

/**
 * Octets as lower-case hexadecimal digits, two each.
 *
 * @internal
 */
export function hexadecimal(octets: Uint8Array): string {
  const codes: number[] = [];
  for (const octet of octets) codes.push(codeOf(octet >> 4), codeOf(octet & 0xf));
  return asciiText(codes);
}

/** `0` to `9`, `a` to `f`. */
function codeOf(digit: number): number {
  return digit < 10 ? 0x30 + digit : 0x57 + digit;
}
