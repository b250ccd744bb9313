import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  verify,
  webcrypto,
} from 'node:crypto';
import { Crypto as PolyfillCrypto } from '@peculiar/webcrypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { CryptoProvider, KeyPair } from '../../../src/crypto/provider.js';
import { webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import type { WebCryptoSubtle } from '../../../src/crypto/webcrypto-subtle.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import type { KeyAlgorithm } from '../../../src/x509/key-algorithm.js';
import { isLong, runs } from '../../support/long-tests.js';

const node = nodeCryptoProvider();
afterAll(() => node.close());

const PROVIDERS: readonly (readonly [string, CryptoProvider])[] = [
  ['WebCrypto of Node', webCryptoProvider(webcrypto)],
  ['@peculiar/webcrypto', webCryptoProvider(new PolyfillCrypto())],
  ['node:crypto', node],
];

const ALGORITHMS: readonly KeyAlgorithm[] = [
  ...(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'ed25519'] as const),
  // A pair takes the time of a hundred others.
  ...(isLong ? (['rsa-2048'] as const) : []),
];
/** Ed25519 has its own in it. */
const HASHES: Readonly<Record<KeyAlgorithm, string | null>> = {
  'ecdsa-p256': 'sha256',
  'ecdsa-p384': 'sha384',
  'ecdsa-p521': 'sha512',
  ed25519: null,
  'rsa-2048': 'sha256',
  'rsa-3072': 'sha256',
  'rsa-4096': 'sha256',
};

describe.each(PROVIDERS)('%s', (_, provider) => {
  it.each(ALGORITHMS)('encodes a %s pair as OpenSSL does', async (algorithm) => {
    const pair = await provider.generateKeyPair(algorithm);
    const privateKey = readPrivateKey(pair);
    const type = algorithm.startsWith('rsa') ? 'pkcs1' : algorithm === 'ed25519' ? 'pkcs8' : 'sec1';
    expect(pair.algorithm).toBe(algorithm);
    expect(hex(pair.privateKey)).toBe(hex(privateKey.export({ format: 'der', type })));
    expect(hex(pair.publicKey)).toBe(
      hex(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })),
    );
  });

  it.each(ALGORITHMS)('signs with a %s pair so that OpenSSL verifies it', async (algorithm) => {
    const pair = await provider.generateKeyPair(algorithm);
    const sign = await provider.importSigner(pair);
    // Lengths of r and s vary by their first bits: one signature would show one of the cases.
    for (let round = 0; round < runs(20, 5); round += 1) {
      const data = provider.randomBytes(100);
      const key = createPublicKey({ key: Buffer.from(pair.publicKey), format: 'der', type: 'spki' });
      expect(verify(HASHES[algorithm], data, key, await sign(data))).toBe(true);
    }
  });

  it('takes pairs of the other providers, and of OpenSSL', async () => {
    const made = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pairs: KeyPair[] = [
      {
        algorithm: 'ecdsa-p256',
        publicKey: made.publicKey.export({ format: 'der', type: 'spki' }),
        privateKey: made.privateKey.export({ format: 'der', type: 'sec1' }),
      },
    ];
    for (const [, other] of PROVIDERS)
      for (const algorithm of ALGORITHMS) pairs.push(await other.generateKeyPair(algorithm));
    const data = provider.randomBytes(100);
    for (const pair of pairs) {
      const signature = await (await provider.importSigner(pair))(data);
      const key = createPublicKey({ key: Buffer.from(pair.publicKey), format: 'der', type: 'spki' });
      expect(verify(HASHES[pair.algorithm], data, key, signature)).toBe(true);
    }
  });

  it.each(ALGORITHMS)('makes another %s pair each time', async (algorithm) => {
    const pairs = await Promise.all(Array.from({ length: 4 }, () => provider.generateKeyPair(algorithm)));
    expect(new Set(pairs.map(({ publicKey }) => hex(publicKey))).size).toBe(4);
    expect(new Set(pairs.map(({ privateKey }) => hex(privateKey))).size).toBe(4);
  });

  it.each(ALGORITHMS)('refuses a private key that is no %s key', async (algorithm) => {
    const pair = await provider.generateKeyPair(algorithm);
    const broken = { ...pair, privateKey: pair.privateKey.subarray(0, algorithm === 'ed25519' ? 12 : 40) };
    // @peculiar/webcrypto reads an Ed25519 key when it signs.
    const signing = provider.importSigner(broken).then((sign) => sign(Uint8Array.of(1)));
    await expect(signing).rejects.toThrow();
  });

  it('makes RSA keys of the size asked for', async () => {
    const pair = await provider.generateKeyPair('rsa-3072');
    expect(readPrivateKey(pair).asymmetricKeyDetails).toMatchObject({
      modulusLength: 3072,
      publicExponent: 65537n,
    });
  });

  it.each(['SHA-1', 'SHA-256'] as const)('digests with %s', async (hash) => {
    const data = Uint8Array.of(1, 2, 3);
    const expected = createHash(hash.replace('-', '')).update(data).digest();
    expect(await provider.digest(hash, data)).toEqual(new Uint8Array(expected));
  });

  it('draws as many octets as it is asked for, and others each time', () => {
    expect(provider.randomBytes(0)).toHaveLength(0);
    const many = provider.randomBytes(65_536 * 2 + 7);
    expect(many).toHaveLength(65_536 * 2 + 7);
    // Also what lies behind the first 65,536 octets, the quota of getRandomValues.
    expect(new Set(many.subarray(65_536 * 2)).size).toBeGreaterThan(1);
    expect(provider.randomBytes(16)).not.toEqual(provider.randomBytes(16));
  });

  it('gives plain Uint8Arrays', async () => {
    const pair = await provider.generateKeyPair('ecdsa-p256');
    const sign = await provider.importSigner(pair);
    const all = [
      pair.publicKey,
      pair.privateKey,
      provider.randomBytes(1),
      await provider.digest('SHA-256', pair.publicKey),
      await sign(pair.publicKey),
    ];
    expect(all.map((octets) => Object.getPrototypeOf(octets) === Uint8Array.prototype)).toEqual(
      all.map(() => true),
    );
  });
});

describe('webCryptoProvider', () => {
  const exporting = (jwk: object): CryptoProvider => {
    const { subtle } = webcrypto;
    const exportKey = async (): Promise<object> => jwk;
    return webCryptoProvider({
      getRandomValues: (array) => array,
      subtle: new Proxy<WebCryptoSubtle>(subtle, {
        get: (target, name) => (name === 'exportKey' ? exportKey : Reflect.get(target, name).bind(target)),
      }),
    });
  };

  it('pads a private key that begins with zeros (RFC 5915, 3)', async () => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'jwk' });
    const provider = exporting({ ...jwk, d: Buffer.from([7]).toString('base64url') });
    const { privateKey } = await provider.generateKeyPair('ecdsa-p256');
    expect(hex(privateKey)).toContain(`0420${'07'.padStart(64, '0')}`);
  });

  it('refuses a JSON Web Key without its numbers', async () => {
    await expect(exporting({ x: 'AA', y: 'AA' }).generateKeyPair('ecdsa-p256')).rejects.toThrow('"d"');
  });
});

function readPrivateKey({ algorithm, privateKey }: KeyPair): ReturnType<typeof createPrivateKey> {
  const type = algorithm.startsWith('rsa') ? 'pkcs1' : algorithm === 'ed25519' ? 'pkcs8' : 'sec1';
  return createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type });
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
