import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeEncryptedPrivateKeyInfo } from '../../../src/x509/encrypted-private-key.js';
import { OID } from '../../../src/x509/object-identifiers.js';
import { derReader, readNumber, readObjectIdentifier, TAG } from '../../../src/x509/read/der-reader.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PASSPHRASE = 'for this test';

/** As OpenSSL writes it, taken apart. */
function openSsl() {
  const der = privateKey.export({
    type: 'pkcs8',
    format: 'der',
    cipher: 'aes-256-cbc',
    passphrase: PASSPHRASE,
  });
  const whole = derReader(der).enter(TAG.sequence, '');
  const algorithm = whole.enter(TAG.sequence, '');
  expect(readObjectIdentifier(algorithm, '')).toBe(OID.pbes2);
  const schemes = algorithm.enter(TAG.sequence, '');
  const derivation = schemes.enter(TAG.sequence, '');
  expect(readObjectIdentifier(derivation, '')).toBe(OID.pbkdf2);
  const parameters = derivation.enter(TAG.sequence, '');
  const salt = parameters.content(TAG.octetString, '');
  const iterations = readNumber(parameters, '');
  expect(readObjectIdentifier(parameters.enter(TAG.sequence, ''), '')).toBe(OID.hmacWithSHA256);
  const encryption = schemes.enter(TAG.sequence, '');
  expect(readObjectIdentifier(encryption, '')).toBe(OID['aes256-CBC-PAD']);
  const iv = encryption.content(TAG.octetString, '');
  return { der, fields: { salt, iterations, iv, encrypted: whole.content(TAG.octetString, '') } };
}

describe('a key under a passphrase', () => {
  it('is what OpenSSL writes, octet by octet', () => {
    const { der, fields } = openSsl();
    expect(Buffer.from(encodeEncryptedPrivateKeyInfo(fields))).toEqual(der);
  });

  it('is opened by what it says', () => {
    const { fields } = openSsl();
    const key = (changed: Partial<typeof fields>) => () =>
      createPrivateKey({
        key: Buffer.from(encodeEncryptedPrivateKeyInfo({ ...fields, ...changed })),
        format: 'der',
        type: 'pkcs8',
        passphrase: PASSPHRASE,
      }).export({ type: 'pkcs8', format: 'pem' });
    expect(key({})()).toBe(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(key({ iterations: fields.iterations + 1 })).toThrow();
    expect(key({ salt: new Uint8Array(fields.salt.length) })).toThrow();
  });
});
