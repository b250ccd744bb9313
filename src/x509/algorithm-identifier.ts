import { nullValue, objectIdentifier, sequence } from './der.js';
import {
  type EcKeyAlgorithm,
  isEcKeyAlgorithm,
  KEY_TABLE,
  type KeyAlgorithm,
  type SignatureAlgorithm,
} from './key-algorithm.js';
import { CURVES, type NamedCurve } from './named-curve.js';
import { OID } from './object-identifiers.js';

/**
 * AlgorithmIdentifier of a signature (RFC 5280, 4.1.1.2). Of RSA's identifiers the parameters are NULL (RFC 4055, 5); of ECDSA's
 * signatures there are none (RFC 5758, 3.2), nor of Ed25519's (RFC 8410, 3).
 *
 * @internal
 */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  const identifier = objectIdentifier(OID[algorithm]);
  return algorithm === 'sha256WithRSAEncryption' ? sequence(identifier, nullValue()) : sequence(identifier);
}

/**
 * AlgorithmIdentifier of a public key (RFC 3279, 2.3.1; RFC 5480, 2.1.1).
 *
 * @internal
 */
export function encodeKeyAlgorithm(algorithm: KeyAlgorithm): Uint8Array {
  if (algorithm === 'ed25519') return sequence(objectIdentifier(OID.ed25519));
  return isEcKeyAlgorithm(algorithm)
    ? encodeCurveAlgorithm(KEY_TABLE[algorithm].namedCurve)
    : sequence(objectIdentifier(OID.rsaEncryption), nullValue());
}

/**
 * AlgorithmIdentifier of a key on a curve.
 *
 * @internal
 */
export function encodeCurveAlgorithm(curve: NamedCurve): Uint8Array {
  return sequence(objectIdentifier(OID.ecPublicKey), encodeNamedCurve(curve));
}

/**
 * ECParameters: the namedCurve.
 *
 * @internal
 */
export function encodeNamedCurve(curve: NamedCurve): Uint8Array {
  return objectIdentifier(OID[CURVES[curve].openssl]);
}

/**
 * Octets of a private key, a coordinate, or half a signature on the curve of this algorithm.
 *
 * @internal
 */
export function fieldSize(algorithm: EcKeyAlgorithm): number {
  return CURVES[KEY_TABLE[algorithm].namedCurve].size;
}
