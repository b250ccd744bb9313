import { encodeSignatureAlgorithm } from './algorithm-identifier.js';
import { bitString, sequence } from './der.js';
import type { SignatureAlgorithm } from './key-algorithm.js';

/**
 * What an authority signs, as it is sent: the signed octets, the algorithm once more, and the signature. Certificates (RFC 5280,
 * 4.1.1) and lists of revoked ones (5.1.1) have this form.
 *
 * @param toBeSigned - DER
 * @internal
 */
export function encodeSigned(
  toBeSigned: Uint8Array,
  signatureAlgorithm: SignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  return sequence(toBeSigned, encodeSignatureAlgorithm(signatureAlgorithm), bitString(signature));
}
