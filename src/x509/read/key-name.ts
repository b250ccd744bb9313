import { algorithmOfCurve } from '../key-algorithm.js';
import { CURVES } from '../named-curve.js';
import { OID } from '../object-identifiers.js';
import type { PublicKeyView } from './certificate.js';

/** Algorithms that are none of ours, in OpenSSL's words. */
const OTHERS: Readonly<Record<string, string>> = {
  [OID.rsaPss]: 'rsa-pss',
  [OID.x25519]: 'x25519',
  [OID.ed448]: 'ed448',
  [OID.dsa]: 'dsa',
};

/**
 * Names the type of a public key: under the document's name where it has one, otherwise under OpenSSL's.
 *
 * @internal
 */
export function describeKey(key: PublicKeyView): string {
  switch (key.type) {
    case 'rsa':
      return `rsa-${key.bits}`;
    case 'ec':
      return algorithmOfCurve(key.curve) ?? CURVES[key.curve].openssl;
    case 'ed25519':
      return 'ed25519';
    case 'other':
      return OTHERS[key.algorithm] ?? key.algorithm;
  }
}
