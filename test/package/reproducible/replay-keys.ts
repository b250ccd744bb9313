import type { KeyAlgorithm } from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';

/** Base64, so that it can be handed to another process or a page as JSON. */
export interface ReplayKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** What the examples ask for. */
const algorithms: readonly KeyAlgorithm[] = ['ecdsa-p256', 'rsa-2048', 'rsa-4096'];

/** Two key pairs of each algorithm, to be used in turns wherever the same keys are wanted again. */
export async function replayKeys(): Promise<Readonly<Record<string, readonly ReplayKeyPair[]>>> {
  const provider = nodeCryptoProvider();
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const keys = algorithms.map(async (algorithm) => {
    const pairs = await Promise.all([1, 2].map(() => provider.generateKeyPair(algorithm)));
    return [
      algorithm,
      pairs.map(({ publicKey, privateKey }) => ({
        publicKey: base64(publicKey),
        privateKey: base64(privateKey),
      })),
    ] as const;
  });
  try {
    return Object.fromEntries(await Promise.all(keys));
  } finally {
    await provider.close();
  }
}
