import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCryptoProvider, sealPrivateKey } from '../../../../src/node/index.js';
import { privateKeyPem } from '../../../../src/pki/sign.js';
import { KEY_TABLE, type KeyAlgorithm } from '../../../../src/x509/key-algorithm.js';
import { describeWithPrograms } from '../../../programs/describe.js';
import { sample } from '../../../support/long-tests.js';

/** Made for this test. */
const PASSPHRASE = 'Straße – 鍵 $(x) "y"';

function openssl(args: readonly string[], input: string): string {
  return execFileSync('openssl', args, { input, encoding: 'utf8', env: { ...process.env, PASSPHRASE } });
}

describeWithPrograms(['openssl'], 'sealPrivateKey', () => {
  it.each(sample(Object.keys(KEY_TABLE) as KeyAlgorithm[], 3))(
    'puts a key under a passphrase: %s',
    async (algorithm) => {
      const pem = privateKeyPem(await nodeCryptoProvider().generateKeyPair(algorithm));
      const sealed = await sealPrivateKey(pem, PASSPHRASE);
      expect(sealed).toMatch(
        /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n(?:[\w+/=]{1,64}\n)+-----END [A-Z ]+-----\n$/,
      );
      const plain = openssl(['pkey'], pem);
      expect(openssl(['pkey', '-passin', 'env:PASSPHRASE'], sealed)).toBe(plain);
      expect(createPrivateKey({ key: sealed, passphrase: PASSPHRASE }).equals(createPrivateKey(pem))).toBe(
        true,
      );
      const fields = openssl(['asn1parse'], sealed);
      for (const name of ['PBES2', 'PBKDF2', 'hmacWithSHA256', 'aes-256-cbc'])
        expect(fields).toContain(`:${name}`);
      const [, rounds = ''] = /INTEGER +:([0-9A-F]+)/.exec(fields) ?? [];
      expect(Number.parseInt(rounds, 16)).toBe(600_000);
      const [, salt = ''] = /l= +16 prim: OCTET STRING +\[HEX DUMP\]:([0-9A-F]+)/.exec(fields) ?? [];
      expect(salt).toHaveLength(32);
    },
  );

  it('draws salt and vector anew each time', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const dumps = await Promise.all([sealPrivateKey(pem, 'x'), sealPrivateKey(pem, 'x')]);
    const octets = dumps.flatMap((sealed) => openssl(['asn1parse'], sealed).match(/:[0-9A-F]{32}\n/g) ?? []);
    expect(new Set(octets).size).toBe(octets.length);
    expect(octets).toHaveLength(4);
  });
});

describe('an empty passphrase', () => {
  it('is not taken', async () => {
    await expect(sealPrivateKey('', '')).rejects.toThrow(TypeError);
  });
});
