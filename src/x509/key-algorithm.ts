import { alternatives } from '../text/alternatives.js';
import type { Curve, NamedCurve } from './named-curve.js';

/**
 * The key algorithms that etcd and we agree on; kubeadm has neither P-521 nor Ed25519.
 *
 * @public
 */
export type KeyAlgorithm =
  | 'ecdsa-p256'
  | 'ecdsa-p384'
  | 'ecdsa-p521'
  | 'ed25519'
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096';

/**
 * The hashes that certificates are signed with, by WebCrypto's name.
 *
 * @public
 */
export type SignatureHash = 'SHA-256' | 'SHA-384' | 'SHA-512';

/**
 * The algorithms that our keys sign with, under their RFC names.
 *
 * @internal
 */
export type SignatureAlgorithm =
  | 'sha256WithRSAEncryption'
  | 'ecdsa-with-SHA256'
  | 'ecdsa-with-SHA384'
  | 'ecdsa-with-SHA512'
  | 'ed25519';

/**
 * The elliptic curves among the key algorithms.
 *
 * @internal
 */
export type EcKeyAlgorithm = Extract<KeyAlgorithm, `ecdsa-${string}`>;

/** @internal */
export interface EcKeyParameters {
  readonly type: 'ec';
  /** WebCrypto's and JSON Web Keys' name of the curve. */
  readonly namedCurve: NamedCurve;
  readonly hash: SignatureHash;
  readonly signature: SignatureAlgorithm;
}

/** @internal */
export interface RsaKeyParameters {
  readonly type: 'rsa';
  /** bits */
  readonly modulusLength: 2048 | 3072 | 4096;
  readonly hash: 'SHA-256';
  readonly signature: SignatureAlgorithm;
}

/** @internal */
export interface Ed25519KeyParameters {
  readonly type: 'ed25519';
  readonly signature: SignatureAlgorithm;
}

/**
 * The RSA keys among the key algorithms.
 *
 * @internal
 */
export type RsaKeyAlgorithm = Extract<KeyAlgorithm, `rsa-${string}`>;

type KeyTable = Readonly<
  Record<EcKeyAlgorithm, EcKeyParameters> &
    Record<RsaKeyAlgorithm, RsaKeyParameters> &
    Record<'ed25519', Ed25519KeyParameters>
>;

/**
 * What each key algorithm is made of, and what it signs with: Go's choice where nothing else is asked for, and so kubeadm's.
 *
 * @internal
 */
export const KEY_TABLE: KeyTable = {
  'ecdsa-p256': { type: 'ec', namedCurve: 'P-256', hash: 'SHA-256', signature: 'ecdsa-with-SHA256' },
  'ecdsa-p384': { type: 'ec', namedCurve: 'P-384', hash: 'SHA-384', signature: 'ecdsa-with-SHA384' },
  'ecdsa-p521': { type: 'ec', namedCurve: 'P-521', hash: 'SHA-512', signature: 'ecdsa-with-SHA512' },
  ed25519: { type: 'ed25519', signature: 'ed25519' },
  'rsa-2048': { type: 'rsa', modulusLength: 2048, hash: 'SHA-256', signature: 'sha256WithRSAEncryption' },
  'rsa-3072': { type: 'rsa', modulusLength: 3072, hash: 'SHA-256', signature: 'sha256WithRSAEncryption' },
  'rsa-4096': { type: 'rsa', modulusLength: 4096, hash: 'SHA-256', signature: 'sha256WithRSAEncryption' },
};

/** @internal */
export function keyAlgorithms(): readonly KeyAlgorithm[] {
  return Object.keys(KEY_TABLE).filter(isKeyAlgorithm);
}

/**
 * The curves of our keys, for a sentence: `P-256, P-384, P-521 or Ed25519`.
 *
 * @internal
 */
export function signingCurves(): string {
  const curves = keyAlgorithms()
    .filter(isEcKeyAlgorithm)
    .map((name) => KEY_TABLE[name].namedCurve);
  return alternatives([...curves, 'Ed25519']);
}

/** @internal */
export function isKeyAlgorithm(name: string): name is KeyAlgorithm {
  return Object.hasOwn(KEY_TABLE, name);
}

/** @internal */
export function isEcKeyAlgorithm(algorithm: KeyAlgorithm): algorithm is EcKeyAlgorithm {
  return KEY_TABLE[algorithm].type === 'ec';
}

/**
 * The algorithm of the keys on a curve.
 *
 * @internal
 */
export function algorithmOfCurve(curve: Curve | undefined): EcKeyAlgorithm | undefined {
  return keyAlgorithms()
    .filter(isEcKeyAlgorithm)
    .find((name) => KEY_TABLE[name].namedCurve === curve);
}

/**
 * The algorithm that stands for an RSA key, whose size need not be one of ours: the largest that it reaches.
 *
 * @param bits - of its modulus
 * @internal
 */
export function algorithmOfModulus(bits: number): KeyAlgorithm | undefined {
  return keyAlgorithms().findLast((name) => {
    const parameters = KEY_TABLE[name];
    return parameters.type === 'rsa' && parameters.modulusLength <= bits;
  });
}
