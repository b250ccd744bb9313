import { OID } from './object-identifiers.js';

/**
 * The curves of ECDSA, by the name that WebCrypto and JSON Web Keys have for them.
 *
 * @public
 */
export type NamedCurve = 'P-256' | 'P-384' | 'P-521';

/**
 * The curves that Go's `crypto/x509` knows. WebCrypto has no P-224, and TLS in Go signs nothing with it.
 *
 * @internal
 */
export type Curve = NamedCurve | 'P-224';

/** @internal */
export interface CurveParameters {
  readonly openssl: 'secp224r1' | 'prime256v1' | 'secp384r1' | 'secp521r1';
  /** Octets of a private key, a coordinate, or half a signature. */
  readonly size: number;
}

/** @internal */
export const CURVES: Readonly<Record<Curve, CurveParameters>> = {
  'P-224': { openssl: 'secp224r1', size: 28 },
  'P-256': { openssl: 'prime256v1', size: 32 },
  'P-384': { openssl: 'secp384r1', size: 48 },
  'P-521': { openssl: 'secp521r1', size: 66 },
};

/** @internal */
export function isCurve(name: string): name is Curve {
  return Object.hasOwn(CURVES, name);
}

/** @internal */
export function isNamedCurve(curve: Curve): curve is NamedCurve {
  return curve !== 'P-224';
}

/**
 * @returns undefined where Go does not know the curve
 * @internal
 */
export function curveOfIdentifier(oid: string): Curve | undefined {
  return Object.keys(CURVES)
    .filter(isCurve)
    .find((name) => OID[CURVES[name].openssl] === oid);
}

/**
 * @param name - OpenSSL's, as Node has it
 * @internal
 */
export function curveOfOpenssl(name: string | undefined): Curve | undefined {
  return Object.keys(CURVES)
    .filter(isCurve)
    .find((curve) => CURVES[curve].openssl === name);
}
