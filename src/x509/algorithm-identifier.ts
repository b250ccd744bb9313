import { nullValue, objectIdentifier, sequence } from './der.js';
import type { KeyAlgorithm } from './key-algorithm.js';

/**
 * The algorithms that our keys sign with, under their RFC names.
 *
 * @internal
 */
export type SignatureAlgorithm = 'sha256WithRSAEncryption' | 'ecdsa-with-SHA256' | 'ecdsa-with-SHA384';

/** Of RSA's identifiers the parameters are NULL (RFC 4055, 5); of ECDSA's signatures there are none (RFC 5758, 3.2). */
const SIGNATURES: Readonly<Record<SignatureAlgorithm, readonly number[]>> = {
  sha256WithRSAEncryption: [1, 2, 840, 113549, 1, 1, 11],
  'ecdsa-with-SHA256': [1, 2, 840, 10045, 4, 3, 2],
  'ecdsa-with-SHA384': [1, 2, 840, 10045, 4, 3, 3],
};

/** @internal */
export const RSA_ENCRYPTION: readonly number[] = [1, 2, 840, 113549, 1, 1, 1];
/** @internal */
export const EC_PUBLIC_KEY: readonly number[] = [1, 2, 840, 10045, 2, 1];

/** RFC 5480, 2.1.1.1 */
const NAMED_CURVES = {
  'ecdsa-p256': [1, 2, 840, 10045, 3, 1, 7],
  'ecdsa-p384': [1, 3, 132, 0, 34],
} as const;

/**
 * The elliptic curves among the key algorithms.
 *
 * @internal
 */
export type EcKeyAlgorithm = Extract<KeyAlgorithm, `ecdsa-${string}`>;

/**
 * @internal
 */
export function isEcKeyAlgorithm(algorithm: KeyAlgorithm): algorithm is EcKeyAlgorithm {
  return algorithm in NAMED_CURVES;
}

/**
 * What a key of this algorithm signs with: what Go, and so kubeadm, takes when it is not told.
 *
 * @internal
 */
export function signatureAlgorithmOf(key: KeyAlgorithm): SignatureAlgorithm {
  if (key === 'ecdsa-p256') return 'ecdsa-with-SHA256';
  return key === 'ecdsa-p384' ? 'ecdsa-with-SHA384' : 'sha256WithRSAEncryption';
}

/**
 * AlgorithmIdentifier of a signature (RFC 5280, 4.1.1.2).
 *
 * @internal
 */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  const identifier = objectIdentifier(SIGNATURES[algorithm]);
  return algorithm === 'sha256WithRSAEncryption' ? sequence(identifier, nullValue()) : sequence(identifier);
}

/**
 * AlgorithmIdentifier of a public key (RFC 3279, 2.3.1; RFC 5480, 2.1.1).
 *
 * @internal
 */
export function encodeKeyAlgorithm(algorithm: KeyAlgorithm): Uint8Array {
  return isEcKeyAlgorithm(algorithm)
    ? sequence(objectIdentifier(EC_PUBLIC_KEY), encodeNamedCurve(algorithm))
    : sequence(objectIdentifier(RSA_ENCRYPTION), nullValue());
}

/**
 * ECParameters: the namedCurve.
 *
 * @internal
 */
export function encodeNamedCurve(algorithm: EcKeyAlgorithm): Uint8Array {
  return objectIdentifier(NAMED_CURVES[algorithm]);
}

/**
 * Octets of a private key, a coordinate, or half a signature on this curve.
 *
 * @internal
 */
export function fieldSize(algorithm: EcKeyAlgorithm): number {
  return algorithm === 'ecdsa-p256' ? 32 : 48;
}
