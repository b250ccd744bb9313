/**
 * Octets as lower-case hexadecimal digits, two each.
 *
 * @internal
 */
export function hexadecimal(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
