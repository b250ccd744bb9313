import type { PublicKeyView } from '../../x509/read/certificate.js';

/** Under the document's names where it has one, otherwise under OpenSSL's. */
const CURVES: Readonly<Record<string, string>> = {
  'P-256': 'ecdsa-p256',
  'P-384': 'ecdsa-p384',
  'P-521': 'secp521r1',
  'P-224': 'secp224r1',
};
/** RFC 4055, 1.2; RFC 8410, 3; RFC 3279, 2.3.2 */
const OTHERS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.10': 'rsa-pss',
  '1.3.101.110': 'x25519',
  '1.3.101.113': 'ed448',
  '1.2.840.10040.4.1': 'dsa',
};

/**
 * Names the type of a public key.
 *
 * @internal
 */
export function describeKey(key: PublicKeyView): string {
  switch (key.type) {
    case 'rsa':
      return `rsa-${key.bits}`;
    case 'ec':
      return CURVES[key.curve] ?? key.curve;
    case 'ed25519':
      return 'ed25519';
    case 'other':
      return OTHERS[key.algorithm] ?? key.algorithm;
  }
}
