import { concatOctets, equalOctets, leftPad } from '../text/octets.js';
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

/**
 * The way back. DER alone is taken, as Go does (`crypto/ecdsa`, parseSignature): what encodes to other octets again is not DER.
 *
 * @param size - octets of r and of s
 * @returns undefined for anything else
 * @internal
 */
export function decodeEcdsaSignature(der: Uint8Array, size: number): Uint8Array | undefined {
  // Both numbers of the longest curve, P-521, are shorter than 128 octets; together with what stands around them they may not be.
  const start = (der[1] ?? 0) < 0x80 ? 2 : 3;
  const first = numberAt(der, start);
  const second = numberAt(der, start + 2 + first.length);
  if (first.length > size + 1 || second.length > size + 1) return undefined;
  const signature = concatOctets(leftPad(withoutZero(first), size), leftPad(withoutZero(second), size));
  const isDer = signature.length === 2 * size && equalOctets(encodeEcdsaSignature(signature), der);
  return isDer ? signature : undefined;
}

/** Contents of an element whose length is one octet. */
function numberAt(der: Uint8Array, offset: number): Uint8Array {
  const start = offset + 2;
  return der.subarray(start, start + (der[offset + 1] ?? 0));
}

function withoutZero(number: Uint8Array): Uint8Array {
  return number[0] === 0 ? number.subarray(1) : number;
}
