import { createHash, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bitString, objectIdentifier, octetString, sequence } from '../../../src/x509/der.js';
import { OID } from '../../../src/x509/object-identifiers.js';
import { deriveKeyIdentifier } from '../../../src/x509/subject-key-identifier.js';
import { publicKeyKind, subjectPublicKeyBits } from '../../../src/x509/subject-public-key-info.js';

const P256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey;
const P384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey;
const EXPLICIT = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }).publicKey;
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const RSA_1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
const ED25519 = generateKeyPairSync('ed25519').publicKey;

/** A root of Go 1.26 (crypto/x509), which derives the subject key identifier itself. */
const GO_ROOT = `-----BEGIN CERTIFICATE-----
MIIBSTCB8aADAgECAgEBMAoGCCqGSM49BAMCMA0xCzAJBgNVBAMTAmNhMB4XDTI2
MDEwMTAwMDAwMFoXDTM2MDEwMTAwMDAwMFowDTELMAkGA1UEAxMCY2EwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAASefyWgEkOQc/hgWyiM5OtH6efqCG1xRm7ArVQv
8n2C48sWSWVibhkLvxtTjHRoMf/urLfR/p6hb5BqJX/D2uMAo0IwQDAOBgNVHQ8B
Af8EBAMCAgQwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUg2928h93CMQ9LJaT
JyrfZ5aPDz4wCgYIKoZIzj0EAwIDRwAwRAIgWFmdW+6N6D2y8kXM3Py4YVv2TFZd
+VOtgL1Guv+Rf5MCIDB7ptqSUg8Fgbr51XeWtrsBWVgrUE2oP6zE5M6GzK8w
-----END CERTIFICATE-----`;

describe('publicKeyKind', () => {
  it.each([
    ['ec', P256],
    ['ec', P384],
    ['ec', EXPLICIT],
    ['rsa', RSA],
    ['rsa', RSA_1024],
    ['ed25519', ED25519],
  ] as const)('%s', (kind, key) => {
    expect(publicKeyKind(spki(key))).toBe(kind);
  });

  it('is no kind of nothing', () => {
    expect(publicKeyKind(Uint8Array.of())).toBe('other');
  });
});

describe('subjectPublicKeyBits', () => {
  it.each([
    ['P-256', P256],
    ['P-384', P384],
    ['explicit parameters', EXPLICIT],
  ])('is the point of an elliptic curve key: %s', (_name, key) => {
    const { x = '', y = '' } = key === EXPLICIT ? pointOf(key) : key.export({ format: 'jwk' });
    const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    expect(Buffer.from(subjectPublicKeyBits(spki(key)))).toEqual(point);
  });

  it.each([
    ['2048 bits', RSA],
    ['1024 bits', RSA_1024],
  ])('is the RSAPublicKey of an RSA key: %s', (_name, key) => {
    expect(Buffer.from(subjectPublicKeyBits(spki(key)))).toEqual(
      key.export({ type: 'pkcs1', format: 'der' }),
    );
  });
});

describe('lengths of one octet and of more (X.690, 8.1.3)', () => {
  it.each([0x7e, 0x7f, 0x80, 0xff, 0x100])('a key of %i octets', (length) => {
    const bits = Uint8Array.from({ length: length - 1 }, (_, index) => index);
    const info = sequence(sequence(objectIdentifier('1.2.3')), bitString(bits));
    expect(subjectPublicKeyBits(info)).toEqual(bits);
  });

  it.each([0x7e, 0x7f, 0x80])('an algorithm of %i octets', (length) => {
    const parameters = octetString(new Uint8Array(length - objectIdentifier(OID.ecPublicKey).length - 2));
    const algorithm = sequence(objectIdentifier(OID.ecPublicKey), parameters);
    const info = sequence(algorithm, bitString([1, 2, 3]));
    expect(algorithm).toHaveLength(length + (length > 0x7f ? 3 : 2));
    expect(publicKeyKind(info)).toBe('ec');
    expect(subjectPublicKeyBits(info)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.each([0x7e, 0x7f, 0x80])('an info of %i octets', (length) => {
    const algorithm = sequence(objectIdentifier(OID.ecPublicKey));
    const bits = new Uint8Array(length - algorithm.length - 3);
    expect(subjectPublicKeyBits(sequence(algorithm, bitString(bits)))).toEqual(bits);
    expect(publicKeyKind(sequence(algorithm, bitString(bits)))).toBe('ec');
  });
});

describe('deriveKeyIdentifier', () => {
  it("is Go's, and 20 octets long", async () => {
    const identifier = await deriveKeyIdentifier(
      spki(new X509Certificate(GO_ROOT).publicKey),
      async (hash, data) => createHash(hash.replace('-', '')).update(data).digest(),
    );
    expect(Buffer.from(identifier).toString('hex')).toBe('836f76f21f7708c43d2c9693272adf67968f0f3e');
  });
});

/** A key with explicit parameters has no JSON Web Key; its point ends its encoding. */
function pointOf(key: KeyObject): { x: string; y: string } {
  const tail = Buffer.from(spki(key)).subarray(-64);
  return { x: tail.subarray(0, 32).toString('base64url'), y: tail.subarray(32).toString('base64url') };
}

function spki(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}
