import { bitString } from './der.js';
import { encodeExtension } from './extension.js';
import { OID } from './object-identifiers.js';

/**
 * What a certified key is for, under RFC 5280's own names (4.2.1.3).
 *
 * @public
 */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

/** In the order of their bits, 0 to 8. */
const BITS: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

/**
 * The critical keyUsage extension. Its bits are a named bit list, which DER cuts after the last one that is set (X.690, 11.2.2). An
 * empty one must not appear (RFC 5280, 4.2.1.3).
 *
 * @returns no extension where no usage is given
 * @internal
 */
export function encodeKeyUsage(usages: readonly KeyUsage[]): Uint8Array[] {
  if (usages.length === 0) return [];
  const bits = usages.map((usage) => BITS.indexOf(usage));
  const last = Math.max(...bits);
  const octets = new Uint8Array((last >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return [encodeExtension(OID.keyUsage, 'critical', bitString(octets, 7 - (last & 7)))];
}

/**
 * The usages that a bit string of an existing certificate names.
 *
 * @param octets - the bits, the first one in the highest bit of the first octet
 * @internal
 */
export function keyUsageOfBits(octets: Uint8Array): readonly KeyUsage[] {
  return BITS.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}
