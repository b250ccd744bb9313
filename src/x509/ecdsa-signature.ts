import { integer, sequence } from './der.js';

/**
 * Ecdsa-Sig-Value (RFC 3279, 2.2.3) of a signature that is r and s side by side, as WebCrypto makes it (IEEE P1363).
 *
 * @param signature - two halves of the same size
 * @internal
 */
export function encodeEcdsaSignature(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  return sequence(integer(signature.subarray(0, half)), integer(signature.subarray(half)));
}
