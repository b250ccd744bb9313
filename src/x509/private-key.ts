import { leftPad } from '../text/octets.js';
import {
  encodeCurveAlgorithm,
  encodeKeyAlgorithm,
  encodeNamedCurve,
  fieldSize,
} from './algorithm-identifier.js';
import { bitString, contextConstructed, integer, objectIdentifier, octetString, sequence } from './der.js';
import { type EcKeyAlgorithm, KEY_TABLE, type KeyAlgorithm } from './key-algorithm.js';
import type { NamedCurve } from './named-curve.js';
import { OID } from './object-identifiers.js';

/**
 * The numbers of an RSA private key, each a magnitude in network order (RFC 8017, A.1.2).
 *
 * @internal
 */
export interface RsaPrivateNumbers {
  readonly modulus: Uint8Array;
  readonly publicExponent: Uint8Array;
  readonly privateExponent: Uint8Array;
  readonly prime1: Uint8Array;
  readonly prime2: Uint8Array;
  readonly exponent1: Uint8Array;
  readonly exponent2: Uint8Array;
  readonly coefficient: Uint8Array;
}

const VERSION_TWO_PRIME = 0;
const VERSION_EC_PRIVATE_KEY = 1;
const VERSION_PRIVATE_KEY_INFO = 0;
const PARAMETERS_TAG = 0;
const PUBLIC_KEY_TAG = 1;

/**
 * ECPrivateKey (RFC 5915, 3) with its curve and its public key, as Go and OpenSSL write it.
 *
 * @param secret - the private scalar in network order; leading zeros may be missing
 * @param point - uncompressed: 04, x, y
 * @internal
 */
export function encodeEcPrivateKey(
  algorithm: EcKeyAlgorithm,
  secret: Uint8Array,
  point: Uint8Array,
): Uint8Array {
  return sequence(
    integer(VERSION_EC_PRIVATE_KEY),
    octetString(leftPad(secret, fieldSize(algorithm))),
    contextConstructed(PARAMETERS_TAG, encodeNamedCurve(KEY_TABLE[algorithm].namedCurve)),
    contextConstructed(PUBLIC_KEY_TAG, bitString(point)),
  );
}

/**
 * RSAPrivateKey of two primes (RFC 8017, A.1.2): PKCS#1.
 *
 * @internal
 */
export function encodeRsaPrivateKey(numbers: RsaPrivateNumbers): Uint8Array {
  return sequence(
    integer(VERSION_TWO_PRIME),
    integer(numbers.modulus),
    integer(numbers.publicExponent),
    integer(numbers.privateExponent),
    integer(numbers.prime1),
    integer(numbers.prime2),
    integer(numbers.exponent1),
    integer(numbers.exponent2),
    integer(numbers.coefficient),
  );
}

/**
 * PrivateKeyInfo (RFC 5208, 5): PKCS#8, the one encoding of private keys that WebCrypto imports.
 *
 * @param privateKey - ECPrivateKey or RSAPrivateKey, DER
 * @internal
 */
export function encodePrivateKeyInfo(algorithm: KeyAlgorithm, privateKey: Uint8Array): Uint8Array {
  return sequence(integer(VERSION_PRIVATE_KEY_INFO), encodeKeyAlgorithm(algorithm), octetString(privateKey));
}

/**
 * PrivateKeyInfo of a scalar alone, for a key whose point is not known.
 *
 * @param curve - WebCrypto's name
 * @param secret - the scalar in network order, of the field's length
 * @internal
 */
export function encodeEcSecretInfo(curve: NamedCurve, secret: Uint8Array): Uint8Array {
  return sequence(
    integer(VERSION_PRIVATE_KEY_INFO),
    encodeCurveAlgorithm(curve),
    octetString(sequence(integer(VERSION_EC_PRIVATE_KEY), octetString(secret))),
  );
}

/**
 * PrivateKeyInfo of an Ed25519 key (RFC 8410, 7).
 *
 * @internal
 */
export function encodeEd25519SeedInfo(seed: Uint8Array): Uint8Array {
  return sequence(
    integer(VERSION_PRIVATE_KEY_INFO),
    sequence(objectIdentifier(OID.ed25519)),
    octetString(octetString(seed)),
  );
}
