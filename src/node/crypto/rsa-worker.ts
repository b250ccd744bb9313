import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';

/** @internal */
export interface EncodedKeyPair {
  /** SubjectPublicKeyInfo, DER */
  readonly publicKey: Uint8Array;
  /** RSAPrivateKey, DER */
  readonly privateKey: Uint8Array;
}

/**
 * A place where one RSA key pair is made at a time.
 *
 * @internal
 */
export interface RsaSlot {
  readonly generate: (modulusLength: number) => Promise<EncodedKeyPair>;
  readonly close: () => Promise<void>;
}

/** As text, so that a bundled program stays one file. */
const SOURCE = `
const { generateKeyPairSync } = require('node:crypto');
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (modulusLength) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'der' },
  });
  parentPort.postMessage({ publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) });
});
`;

/**
 * A thread that starts with its first request, and keeps the process alive only while it has one.
 *
 * @internal
 */
export function workerSlot(): RsaSlot {
  let worker: Worker | undefined;
  return {
    generate: async (modulusLength) => {
      const threads = await import('node:worker_threads');
      worker ??= new threads.Worker(SOURCE, { eval: true });
      worker.ref();
      try {
        return await request(worker, modulusLength);
      } finally {
        worker?.unref();
      }
    },
    close: async () => {
      await worker?.terminate();
      worker = undefined;
    },
  };
}

async function request(worker: Worker, modulusLength: number): Promise<EncodedKeyPair> {
  const ended = new AbortController();
  const onExit = (): void => ended.abort();
  worker.once('exit', onExit);
  const answer = once(worker, 'message', { signal: ended.signal });
  worker.postMessage(modulusLength);
  try {
    const [keyPair]: EncodedKeyPair[] = await answer;
    if (keyPair === undefined) throw new Error('a key generation thread returned nothing');
    return keyPair;
  } finally {
    worker.off('exit', onExit);
  }
}
