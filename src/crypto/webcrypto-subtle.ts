import type { SignatureHash } from '../x509/key-algorithm.js';
import type { NamedCurve } from '../x509/named-curve.js';
import type { SignatureScheme } from './provider.js';

/**
 * Octets, as the Web Cryptography API takes them; the wider type keeps implementations assignable that refuse shared memory.
 *
 * @public
 */
export type WebCryptoBytes = ArrayBufferView | ArrayBuffer;

/**
 * What a key is imported for, signs with and is verified with: EcdsaParams with its curve, RsaHashedImportParams, RsaPssParams, or a
 * name alone.
 *
 * @public
 */
export interface WebCryptoAlgorithm {
  /** The algorithm of key and signature. */
  readonly name: SignatureScheme['name'];
  /** Of the signature. */
  readonly hash?: SignatureHash;
  /** Of an ECDSA key. */
  readonly namedCurve?: NamedCurve;
  /** octets */
  readonly saltLength?: number;
}

/**
 * The part of SubtleCrypto that issuing and verifying use. Algorithms are the dictionaries of the Web Cryptography API; keys stay
 * opaque, for those of one implementation mean nothing to another.
 *
 * @public
 */
export interface WebCryptoSubtle {
  /** Web Cryptography API, 14.3.6. */
  generateKey(
    algorithm: object,
    extractable: boolean,
    keyUsages: ('sign' | 'verify')[],
  ): Promise<{ readonly privateKey: unknown }>;
  /** Web Cryptography API, 14.3.10. */
  exportKey(format: 'jwk', key: unknown): Promise<object>;
  /** Web Cryptography API, 14.3.9. */
  importKey(
    format: 'pkcs8' | 'spki',
    keyData: WebCryptoBytes,
    algorithm: WebCryptoAlgorithm,
    extractable: boolean,
    keyUsages: ('sign' | 'verify')[],
  ): Promise<unknown>;
  /** Web Cryptography API, 14.3.3. */
  sign(algorithm: WebCryptoAlgorithm, key: unknown, data: WebCryptoBytes): Promise<ArrayBuffer>;
  /** Web Cryptography API, 14.3.4. */
  verify(
    algorithm: WebCryptoAlgorithm,
    key: unknown,
    signature: WebCryptoBytes,
    data: WebCryptoBytes,
  ): Promise<boolean>;
  /** Web Cryptography API, 14.3.5. */
  digest(algorithm: 'SHA-1' | 'SHA-256', data: WebCryptoBytes): Promise<ArrayBuffer>;
}
