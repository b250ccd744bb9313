import type { CryptoProvider } from './provider.js';
import { generateKeyPair, importSigner, publicKeyOf } from './webcrypto-keys.js';
import type { WebCryptoSubtle } from './webcrypto-subtle.js';
import { verify } from './webcrypto-verify.js';

/**
 * The part of the Web Cryptography API that issuing and verifying use: a browser's or a worker's `crypto`, `webcrypto` of
 * `node:crypto`, or an implementation of your own.
 *
 * @public
 */
export interface WebCrypto {
  /** The operations on keys. */
  readonly subtle: WebCryptoSubtle;
  /** Fills the array with unpredictable octets. */
  getRandomValues(array: Uint8Array): unknown;
}

/** What getRandomValues gives at once (Web Cryptography API, 10.1.1). */
const RANDOM_QUOTA = 65_536;

/**
 * A provider for any runtime that has the Web Cryptography API.
 *
 * @example
 * ```ts
 * const pki = await issuePki(spec, planCertificates(spec), { crypto: webCryptoProvider(globalThis.crypto), now });
 * ```
 * @public
 */
export function webCryptoProvider(crypto: WebCrypto): CryptoProvider {
  const { subtle } = crypto;
  return {
    generateKeyPair: (algorithm) => generateKeyPair(subtle, algorithm),
    importSigner: (keyPair) => importSigner(subtle, keyPair),
    verify: (scheme, publicKey, signature, data) => verify(subtle, scheme, publicKey, signature, data),
    publicKeyOf: (curve, secret) => publicKeyOf(subtle, curve, secret),
    digest: async (hash, data) => new Uint8Array(await subtle.digest(hash, data)),
    randomBytes: (length) => randomBytes(crypto, length),
  };
}

function randomBytes(crypto: WebCrypto, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  for (let start = 0; start < length; start += RANDOM_QUOTA)
    crypto.getRandomValues(octets.subarray(start, start + RANDOM_QUOTA));
  return octets;
}
