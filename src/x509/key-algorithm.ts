/**
 * The key algorithms that etcd, kubeadm and we agree on.
 *
 * @public
 */
export type KeyAlgorithm = 'ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096';

/**
 * The curves of ECDSA, by the name that WebCrypto and JSON Web Keys have for them.
 *
 * @public
 */
export type NamedCurve = 'P-256' | 'P-384' | 'P-521';

/**
 * The hashes that certificates are signed with, by WebCrypto's name.
 *
 * @public
 */
export type SignatureHash = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** @internal */
export interface EcKeyParameters {
  readonly type: 'ec';
  /** WebCrypto's and JSON Web Keys' name of the curve. */
  readonly namedCurve: 'P-256' | 'P-384';
  readonly hash: 'SHA-256' | 'SHA-384';
}

/** @internal */
export interface RsaKeyParameters {
  readonly type: 'rsa';
  /** bits */
  readonly modulusLength: 2048 | 3072 | 4096;
  readonly hash: 'SHA-256';
}

/**
 * What each key algorithm is made of, and what it signs with: Go's choice, and so kubeadm's.
 *
 * @internal
 */
export const KEY_TABLE: Readonly<Record<KeyAlgorithm, EcKeyParameters | RsaKeyParameters>> = {
  'ecdsa-p256': { type: 'ec', namedCurve: 'P-256', hash: 'SHA-256' },
  'ecdsa-p384': { type: 'ec', namedCurve: 'P-384', hash: 'SHA-384' },
  'rsa-2048': { type: 'rsa', modulusLength: 2048, hash: 'SHA-256' },
  'rsa-3072': { type: 'rsa', modulusLength: 3072, hash: 'SHA-256' },
  'rsa-4096': { type: 'rsa', modulusLength: 4096, hash: 'SHA-256' },
};

/**
 * Octets of a private key, a coordinate, or half a signature on a curve.
 *
 * @internal
 */
export const FIELD_SIZES: Readonly<Record<NamedCurve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** @internal */
export function isNamedCurve(name: string): name is NamedCurve {
  return Object.hasOwn(FIELD_SIZES, name);
}

/** @internal */
export function isKeyAlgorithm(name: string): name is KeyAlgorithm {
  return Object.hasOwn(KEY_TABLE, name);
}
