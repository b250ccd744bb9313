import { createECDH, createPrivateKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { encodeEcPrivateKey } from '../../../src/x509/private-key.js';

// One scalar in 256 begins with a zero octet, which arithmetic drops and RFC 5915, 3 wants back.
it.each([
  ['ecdsa-p256', 'prime256v1', 32],
  ['ecdsa-p384', 'secp384r1', 48],
] as const)(
  'a scalar of any magnitude is as long as its field, as OpenSSL writes it: %s',
  (algorithm, curve, size) => {
    for (let length = 1; length <= size; length += 1) {
      const secret = Buffer.alloc(length, 0x5a);
      const ecdh = createECDH(curve);
      ecdh.setPrivateKey(secret);
      const der = Buffer.from(encodeEcPrivateKey(algorithm, secret, ecdh.getPublicKey()));
      const key = createPrivateKey({ key: der, format: 'der', type: 'sec1' });
      expect(key.export({ format: 'der', type: 'sec1' })).toEqual(der);
      expect(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')).toHaveLength(size);
    }
  },
);
