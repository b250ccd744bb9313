import { createHash, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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
    ['other', ED25519],
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
