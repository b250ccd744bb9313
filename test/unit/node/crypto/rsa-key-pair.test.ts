import { createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { nodeCryptoProvider } from '../../../../src/node/crypto/node-crypto.js';
import { itLong } from '../../../support/long-tests.js';

itLong('makes RSA keys beyond the size of the pool in threads of its own, and ends them', async () => {
  const provider = nodeCryptoProvider({ threads: 6 });
  expect(provider.threads).toBe(6);
  const pairs = await Promise.all(Array.from({ length: 14 }, () => provider.generateKeyPair('rsa-2048')));
  await provider.close();
  const moduli = pairs.map(({ publicKey }) => {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    return key.export({ format: 'jwk' }).n;
  });
  expect(new Set(moduli).size).toBe(14);
});

it('goes on after it was closed', async () => {
  const provider = nodeCryptoProvider({ threads: 5 });
  await provider.close();
  const pairs = await Promise.all(Array.from({ length: 5 }, () => provider.generateKeyPair('rsa-2048')));
  expect(pairs).toHaveLength(5);
  await provider.close();
});
