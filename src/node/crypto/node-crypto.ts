import { createPrivateKey, hash, randomFillSync, sign } from 'node:crypto';
import type { CryptoProvider, KeyPair, Signer } from '../../crypto/provider.js';
import { isEcKeyAlgorithm, KEY_TABLE } from '../../x509/key-algorithm.js';
import { ecKeyPairGenerator } from './ec-key-pair.js';
import { generateEd25519KeyPair } from './ed25519-key-pair.js';
import { hashName } from './hash-name.js';
import { publicKeyOf } from './public-key.js';
import { type RsaKeyPairOptions, rsaKeyPairGenerator } from './rsa-key-pair.js';
import { verifier } from './verifier.js';

/**
 * {@link CryptoProvider} of Node's own OpenSSL.
 *
 * @public
 */
export interface NodeCryptoProvider extends CryptoProvider {
  /** How many RSA key pairs are made at a time. More requests wait their turn, so a caller need not ask for more at once. */
  readonly threads: number;
  /** Ends the threads that were started. Only where `threads` is above the size of libuv's pool are there any. */
  readonly close: () => Promise<void>;
}

/**
 * The fast provider: elliptic curve keys and all signatures in the calling thread, RSA keys on all cores.
 *
 * @example
 * ```ts
 * const crypto = nodeCryptoProvider();
 * const { leaves } = await issuePki(spec, planCertificates(spec), { crypto, now });
 * leaves.length > 0; // => true
 * await crypto.close();
 * ```
 * @public
 */
export function nodeCryptoProvider(options: RsaKeyPairOptions = {}): NodeCryptoProvider {
  const generateEcKeyPair = ecKeyPairGenerator();
  const rsa = rsaKeyPairGenerator(options);
  return {
    generateKeyPair: async (algorithm) => {
      if (algorithm === 'ed25519') return generateEd25519KeyPair();
      return isEcKeyAlgorithm(algorithm) ? generateEcKeyPair(algorithm) : rsa.generate(algorithm);
    },
    importSigner: async (keyPair) => importSigner(keyPair),
    verify: verifier(),
    publicKeyOf: async (curve, secret) => publicKeyOf(curve, secret),
    digest: async (algorithm, data) => new Uint8Array(hash(hashName(algorithm), data, 'buffer')),
    randomBytes: (length) => randomFillSync(new Uint8Array(length)),
    threads: rsa.threads,
    close: rsa.close,
  };
}

const PRIVATE_KEY_ENCODINGS = { ec: 'sec1', ed25519: 'pkcs8', rsa: 'pkcs1' } as const;

function importSigner({ algorithm, privateKey }: KeyPair): Signer {
  const parameters = KEY_TABLE[algorithm];
  // Ed25519 has the hash in it.
  const hash = parameters.type === 'ed25519' ? null : hashName(parameters.hash);
  const key = createPrivateKey({
    key: Buffer.from(privateKey.buffer, privateKey.byteOffset, privateKey.byteLength),
    format: 'der',
    type: PRIVATE_KEY_ENCODINGS[parameters.type],
  });
  return async (data) => new Uint8Array(sign(hash, data, key));
}
