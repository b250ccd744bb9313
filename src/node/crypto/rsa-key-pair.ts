import { generateKeyPair } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { KeyPair } from '../../crypto/provider.js';
import type { KeyAlgorithm } from '../../x509/key-algorithm.js';
import { KEY_TABLE } from '../../x509/key-algorithm.js';
import { type EncodedKeyPair, type RsaSlot, workerSlot } from './rsa-worker.js';

/**
 * How RSA keys are made.
 *
 * @public
 */
export interface RsaKeyPairOptions {
  /** How many RSA key pairs to make at a time. Default: as many as the process may use cores. */
  readonly threads?: number;
}

/** @internal */
export interface RsaKeyPairGenerator {
  readonly threads: number;
  readonly generate: (algorithm: KeyAlgorithm) => Promise<KeyPair>;
  readonly close: () => Promise<void>;
}

const generateInPool = promisify(generateKeyPair);

/**
 * Makes RSA keys on libuv's pool, where all of a small machine's cores are used without threads of our own. The pool has four
 * threads whatever the machine, and a program cannot widen it once its first module is read: cores beyond it get workers.
 * No more than `threads` requests are under way at a time, so that the file system, which shares the pool, is not kept waiting.
 *
 * @internal
 */
export function rsaKeyPairGenerator(options: RsaKeyPairOptions): RsaKeyPairGenerator {
  const threads = Math.max(1, Math.floor(options.threads ?? availableParallelism()) || 1);
  const slots = Array.from({ length: threads }, (_, index) =>
    index < poolSize() ? poolSlot() : workerSlot(),
  );
  const idle = slots.toReversed();
  const waiting: ((slot: RsaSlot) => void)[] = [];
  const acquire = async (): Promise<RsaSlot> => idle.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const release = (slot: RsaSlot): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(slot);
    else next(slot);
  };
  return {
    threads,
    generate: async (algorithm) => {
      const slot = await acquire();
      try {
        return { algorithm, ...(await slot.generate(modulusLengthOf(algorithm))) };
      } finally {
        release(slot);
      }
    },
    close: async () => {
      await Promise.all(slots.map((slot) => slot.close()));
    },
  };
}

function poolSlot(): RsaSlot {
  return { generate: generateOne, close: async () => {} };
}

async function generateOne(modulusLength: number): Promise<EncodedKeyPair> {
  const { publicKey, privateKey } = await generateInPool('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'der' },
  });
  return { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) };
}

/** libuv reads UV_THREADPOOL_SIZE as C's atoi does, and takes 1 for 0 (libuv `src/threadpool.c`). */
function poolSize(): number {
  const { UV_THREADPOOL_SIZE: wanted } = process.env;
  return wanted === undefined ? 4 : Math.max(1, Number.parseInt(wanted, 10) || 0);
}

function modulusLengthOf(algorithm: KeyAlgorithm): number {
  const parameters = KEY_TABLE[algorithm];
  if (parameters.type !== 'rsa') throw new TypeError(`${algorithm} is not an RSA algorithm`);
  return parameters.modulusLength;
}
