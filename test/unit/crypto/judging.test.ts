import { constants, createSign, generateKeyPairSync, type KeyObject, sign, webcrypto } from 'node:crypto';
import { Crypto as PolyfillCrypto } from '@peculiar/webcrypto';
import { describe, expect, it } from 'vitest';
import type { CryptoProvider, SignatureScheme } from '../../../src/crypto/provider.js';
import { webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { type NamedCurve, CURVES as PARAMETERS } from '../../../src/x509/named-curve.js';

const PROVIDERS: readonly (readonly [string, CryptoProvider])[] = [
  ['WebCrypto of Node', webCryptoProvider(webcrypto)],
  ['@peculiar/webcrypto', webCryptoProvider(new PolyfillCrypto())],
  ['OpenSSL of Node', nodeCryptoProvider()],
];
const OPENSSL_CURVES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' } as const;
const CURVES: readonly NamedCurve[] = ['P-256', 'P-384', 'P-521'];
const HASHES = ['SHA-256', 'SHA-384', 'SHA-512'] as const;
const DATA = new TextEncoder().encode('to be signed');

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const ec = new Map(
  CURVES.map((curve) => [curve, generateKeyPairSync('ec', { namedCurve: OPENSSL_CURVES[curve] })]),
);

interface Signed {
  readonly scheme: SignatureScheme;
  readonly publicKey: KeyObject;
  readonly signature: Uint8Array;
}

/** Every scheme that Go takes, signed by OpenSSL. */
function everyScheme(): readonly Signed[] {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return [
    ...HASHES.flatMap((hash): Signed[] => [
      {
        scheme: { name: 'RSASSA-PKCS1-v1_5', hash },
        publicKey: rsa.publicKey,
        signature: sign(hash, DATA, rsa.privateKey),
      },
      {
        scheme: { name: 'RSA-PSS', hash },
        publicKey: rsa.publicKey,
        signature: sign(hash, DATA, {
          key: rsa.privateKey,
          padding,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }),
      },
      ...[...ec].map(
        ([namedCurve, { publicKey, privateKey }]): Signed => ({
          scheme: { name: 'ECDSA', namedCurve, hash },
          publicKey,
          signature: createSign(hash).update(DATA).sign(privateKey),
        }),
      ),
    ]),
    {
      scheme: { name: 'Ed25519' },
      publicKey: ed25519.publicKey,
      signature: sign(null, DATA, ed25519.privateKey),
    },
  ];
}

describe.each(PROVIDERS)('%s', (name, provider) => {
  it.each(everyScheme().map((signed) => [JSON.stringify(signed.scheme), signed] as const))(
    'verifies %s, and nothing that is changed',
    async (_, { scheme, publicKey, signature }) => {
      const info = publicKey.export({ type: 'spki', format: 'der' });
      const changed = Uint8Array.from(signature, (octet, index) =>
        index === signature.length - 1 ? octet ^ 1 : octet,
      );
      const other = Uint8Array.from([...DATA, 0]);
      expect(await provider.verify(scheme, info, signature, DATA)).toBe(true);
      expect(await provider.verify(scheme, info, changed, DATA)).toBe(false);
      expect(await provider.verify(scheme, info, signature, other)).toBe(false);
      expect(await provider.verify(scheme, info, signature.subarray(1), DATA)).toBe(false);
      expect(await provider.verify(scheme, info.subarray(1), signature, DATA)).toBe(false);
      expect(await provider.verify(scheme, info, new Uint8Array(), DATA)).toBe(false);
    },
  );

  it('takes an RSA signature with all its octets, a zero in front too', async () => {
    const info = rsa.publicKey.export({ type: 'spki', format: 'der' });
    const key = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    let signature = sign('sha256', DATA, key);
    while (signature[0] !== 0) signature = sign('sha256', DATA, key);
    const scheme = { name: 'RSA-PSS', hash: 'SHA-256' } as const;
    expect(await provider.verify(scheme, info, signature, DATA)).toBe(true);
    expect(await provider.verify(scheme, info, signature.subarray(1), DATA)).toBe(false);
  });

  it('takes a key for what it is alone', async () => {
    const [ofRsa, ofCurve] = [rsa.publicKey, ec.get('P-256')?.publicKey ?? rsa.publicKey].map((key) =>
      key.export({ type: 'spki', format: 'der' }),
    );
    const pkcs1: SignatureScheme = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const ecdsa: SignatureScheme = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const made = (scheme: SignatureScheme): Uint8Array =>
      everyScheme().find((signed) => JSON.stringify(signed.scheme) === JSON.stringify(scheme))?.signature ??
      new Uint8Array();
    expect(await provider.verify(pkcs1, ofCurve ?? new Uint8Array(), made(ecdsa), DATA)).toBe(false);
    expect(await provider.verify(ecdsa, ofRsa ?? new Uint8Array(), made(pkcs1), DATA)).toBe(false);
  });

  it.each(CURVES)('makes the public half of a key on %s, or says that it cannot', async (curve) => {
    const { x = '', y = '', d = '' } = ec.get(curve)?.privateKey.export({ format: 'jwk' }) ?? {};
    const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    const secret = new Uint8Array(Buffer.from(d, 'base64url'));
    expect(hex(await provider.publicKeyOf(curve, secret))).toBe(name.startsWith('@') ? '' : hex(point));
  });

  it.skipIf(name.startsWith('@')).each(CURVES)('refuses a scalar that %s does not have', async (curve) => {
    await expect(provider.publicKeyOf(curve, new Uint8Array(PARAMETERS[curve].size))).rejects.toThrow();
  });

  it('makes the public half of an Ed25519 key', async () => {
    const { x = '', d = '' } = ed25519.privateKey.export({ format: 'jwk' });
    const made = await provider.publicKeyOf('Ed25519', new Uint8Array(Buffer.from(d, 'base64url')));
    expect(hex(made)).toBe(Buffer.from(x, 'base64url').toString('hex'));
  });
});

function hex(octets: Uint8Array | undefined): string {
  return Buffer.from(octets ?? []).toString('hex');
}
