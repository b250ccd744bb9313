import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeEcdsaSignature } from '../../../src/x509/ecdsa-signature.js';

it.each([
  ['01', '01', '3006020101020101'],
  ['80', '7f', '30070202008002017f'],
  ['0001', '0000', '3006020101020100'],
  ['00ff', 'ff00', '3009020200ff020300ff00'],
])('r = %s and s = %s', (r, s, expected) => {
  const encoded = encodeEcdsaSignature(new Uint8Array(Buffer.from(r + s, 'hex')));
  expect(Buffer.from(encoded).toString('hex')).toBe(expected);
});

it.each(['prime256v1', 'secp384r1'])('is what OpenSSL verifies: %s', (namedCurve) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  fc.assert(
    fc.property(fc.uint8Array(), (data) => {
      const signature = encodeEcdsaSignature(
        sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
      );
      expect(verify('sha256', data, publicKey, signature)).toBe(true);
    }),
  );
});
