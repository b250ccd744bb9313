import { encodeKeyAlgorithm } from './algorithm-identifier.js';
import { bitString, integer, objectIdentifier, sequence } from './der.js';
import { type EcKeyAlgorithm, KEY_TABLE, type KeyAlgorithm, keyAlgorithms } from './key-algorithm.js';
import { OID } from './object-identifiers.js';

/**
 * SubjectPublicKeyInfo of a point on a curve (RFC 5480, 2).
 *
 * @param point - uncompressed: 04, x, y
 * @internal
 */
export function encodeEcPublicKey(algorithm: EcKeyAlgorithm, point: Uint8Array): Uint8Array {
  return sequence(encodeKeyAlgorithm(algorithm), bitString(point));
}

/**
 * SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, 4).
 *
 * @param publicKey - the 32 octets of RFC 8032
 * @internal
 */
export function encodeEd25519PublicKey(publicKey: Uint8Array): Uint8Array {
  return sequence(encodeKeyAlgorithm('ed25519'), bitString(publicKey));
}

/**
 * SubjectPublicKeyInfo of an RSA key (RFC 3279, 2.3.1). The key's size is not part of its identifier.
 *
 * @param modulus - magnitude in network order, as is the exponent
 * @internal
 */
export function encodeRsaPublicKey(modulus: Uint8Array, publicExponent: Uint8Array): Uint8Array {
  const rsaPublicKey = sequence(integer(modulus), integer(publicExponent));
  return sequence(encodeKeyAlgorithm('rsa-2048'), bitString(rsaPublicKey));
}

/**
 * The value of the BIT STRING subjectPublicKey, without its count of unused bits: what key identifiers are made of.
 *
 * @internal
 */
export function subjectPublicKeyBits(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  const algorithm = locate(subjectPublicKeyInfo, locate(subjectPublicKeyInfo, 0).content);
  const subjectPublicKey = locate(subjectPublicKeyInfo, algorithm.end);
  return subjectPublicKeyInfo.subarray(subjectPublicKey.content + 1, subjectPublicKey.end);
}

/**
 * Whether the key is an RSA key, one on a curve of ECDSA (id-ecPublicKey), an Ed25519 key, or another.
 *
 * @internal
 */
export function publicKeyKind(subjectPublicKeyInfo: Uint8Array): 'rsa' | 'ec' | 'ed25519' | 'other' {
  const algorithm = locate(subjectPublicKeyInfo, locate(subjectPublicKeyInfo, 0).content);
  const startsWith = (identifier: Uint8Array): boolean =>
    identifier.every((octet, index) => octet === subjectPublicKeyInfo[algorithm.content + index]);
  if (startsWith(objectIdentifier(OID.rsaEncryption))) return 'rsa';
  if (startsWith(objectIdentifier(OID.ecPublicKey))) return 'ec';
  return startsWith(objectIdentifier(OID.ed25519)) ? 'ed25519' : 'other';
}

/**
 * Which of our algorithms a key is of, RSA keys by the bits of their modulus.
 *
 * @internal
 */
export function publicKeyAlgorithm(subjectPublicKeyInfo: Uint8Array): KeyAlgorithm | undefined {
  const { content } = locate(subjectPublicKeyInfo, 0);
  return keyAlgorithms().find((algorithm) => {
    const isOfKind = encodeKeyAlgorithm(algorithm).every(
      (octet, index) => octet === subjectPublicKeyInfo[content + index],
    );
    const parameters = KEY_TABLE[algorithm];
    return (
      isOfKind &&
      (parameters.type !== 'rsa' || modulusBits(subjectPublicKeyInfo) === parameters.modulusLength)
    );
  });
}

function modulusBits(subjectPublicKeyInfo: Uint8Array): number {
  const key = subjectPublicKeyBits(subjectPublicKeyInfo);
  const { content, end } = locate(key, locate(key, 0).content);
  const magnitude = key.subarray(content, end);
  const start = magnitude.findIndex((octet) => octet !== 0);
  return start < 0 ? 0 : (magnitude.length - start) * 8 - (Math.clz32(magnitude[start] ?? 0) - 24);
}

/** Where the contents begin, and where the value ends, of the DER value that begins at this offset. */
function locate(der: Uint8Array, offset: number): { readonly content: number; readonly end: number } {
  const first = der[offset + 1] ?? 0;
  const content = offset + 2 + (first > 0x7f ? first & 0x7f : 0);
  if (first <= 0x7f) return { content, end: content + first };
  const length = der.subarray(offset + 2, content).reduce((sum, octet) => sum * 256 + octet, 0);
  return { content, end: content + length };
}
