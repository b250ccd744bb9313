import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { type CryptoProvider, type KeyPair, parseClusterSpec } from '../../../src/index.js';
import { generateBundle, nodeCryptoProvider } from '../../../src/node/index.js';
import { type ArbitraryDocument, clusterDocument } from '../../support/arbitrary-cluster.js';
import { makeFurtherAuthority } from '../../support/further-authority.js';
import { runs } from '../../support/long-tests.js';

const NOW = 1_800_000_000;
const further = makeFurtherAuthority(NOW);

/** RSA, because an ECDSA signature holds a number drawn by whoever signs. */
const keys: Promise<readonly KeyPair[]> = Promise.all(
  Array.from({ length: 3 }, () => nodeCryptoProvider().generateKeyPair('rsa-2048')),
);

/**
 * The same keys and serial numbers in the same order, whenever it is made.
 *
 * @param delays turns of the event loop that the keys take, in order and again from the start
 */
function replayed(pairs: readonly KeyPair[], delays: readonly number[]): CryptoProvider {
  let drawn = 0;
  let made = 0;
  return {
    ...nodeCryptoProvider(),
    generateKeyPair: async () => {
      made += 1;
      const pair = pairs[made % pairs.length];
      for (let left = delays[made % delays.length] ?? 0; left > 0; left -= 1) await setImmediate();
      if (pair === undefined) throw new Error('no keys');
      return pair;
    },
    randomBytes: (length) => {
      drawn += 1;
      return new Uint8Array(createHash('sha256').update(`${drawn}`).digest().subarray(0, length));
    },
  };
}

async function outputOf(
  document: ArbitraryDocument,
  delays: readonly number[] = [0],
): Promise<readonly string[]> {
  const spec = parseClusterSpec({ ...document, certificates: { ...document.certificates, key: 'rsa-2048' } });
  const output: string[] = [];
  const options = {
    crypto: replayed(await keys, delays),
    now: NOW,
    trust: (await further).trust,
    standInKeys: true,
    document: JSON.stringify(document),
  };
  for await (const { path, mode, bytes } of generateBundle(spec, options)) {
    output.push(`${path} ${mode.toString(8)} ${createHash('sha256').update(bytes).digest('hex')}`);
  }
  return output;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

it('equal document, keys, clock and serial numbers give equal bytes, in any time zone and locale', async () => {
  await fc.assert(
    fc.asyncProperty(clusterDocument, async (document) => {
      vi.stubEnv('TZ', 'UTC');
      const first = await outputOf(document);
      vi.stubEnv('TZ', 'Asia/Kathmandu');
      vi.stubEnv('LC_ALL', 'tr_TR.UTF-8');
      expect(await outputOf(document)).toEqual(first);
      expect(first.length).toBeGreaterThan(4);
    }),
    { numRuns: runs(25, 5) },
  );
});

it('and in whatever order the keys come, which on all cores is another one each time', async () => {
  const delays = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(clusterDocument, delays, async (document, turns) => {
      expect(await outputOf(document, turns)).toEqual(await outputOf(document));
    }),
    { numRuns: runs(25, 5) },
  );
});
