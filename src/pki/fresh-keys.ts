import type { CryptoProvider, KeyPair } from '../crypto/provider.js';
import type { KeyAlgorithm } from '../x509/key-algorithm.js';
import { publicKeyAlgorithm } from '../x509/subject-public-key-info.js';

/** @internal */
export interface FreshKeys {
  /** @throws TypeError where the provider makes another kind of key, or one that is in the bundle already */
  readonly draw: (algorithm: KeyAlgorithm) => Promise<KeyPair>;
  /** A key that others must not have. */
  readonly remember: (publicKey: Uint8Array) => void;
}

/**
 * Draws key pairs and looks at each before it is used: a source that repeats itself would give one host the key of another, or of a CA.
 *
 * @param standIns - takes the keys as they come
 * @internal
 */
export function freshKeys({ generateKeyPair }: CryptoProvider, standIns: boolean): FreshKeys {
  const known = new Set<string>();
  const textOf = (publicKey: Uint8Array): string => String.fromCharCode(...publicKey);
  return {
    remember: (publicKey) => void known.add(textOf(publicKey)),
    draw: async (algorithm) => {
      const keyPair = await generateKeyPair(algorithm);
      if (standIns) return keyPair;
      const { publicKey } = keyPair;
      if (keyPair.algorithm !== algorithm || publicKeyAlgorithm(publicKey) !== algorithm)
        throw new TypeError(`the crypto provider was asked for a key of ${algorithm} and made another kind`);
      const text = textOf(publicKey);
      if (known.has(text)) throw new TypeError('the crypto provider made the same key twice');
      known.add(text);
      return keyPair;
    },
  };
}
