import type { WebCryptoBytes } from './webcrypto.js';

/**
 * What verifying needs of the Web Cryptography API: a browser's or a worker's `crypto`, or `webcrypto` of `node:crypto`.
 *
 * @public
 */
export interface VerifyCrypto {
  readonly subtle: VerifySubtle;
}

/**
 * The part of SubtleCrypto that verifying uses. Algorithms are the dictionaries of the Web Cryptography API.
 *
 * @public
 */
export interface VerifySubtle {
  importKey(
    format: 'spki' | 'pkcs8',
    keyData: WebCryptoBytes,
    algorithm: VerifyAlgorithm,
    extractable: boolean,
    keyUsages: ('verify' | 'sign')[],
  ): Promise<unknown>;
  exportKey(format: 'jwk', key: unknown): Promise<object>;
  verify(
    algorithm: VerifyAlgorithm,
    key: unknown,
    signature: WebCryptoBytes,
    data: WebCryptoBytes,
  ): Promise<boolean>;
  digest(algorithm: 'SHA-256', data: WebCryptoBytes): Promise<ArrayBuffer>;
}

/**
 * A dictionary of the Web Cryptography API: what a key is imported for, or a signature made with.
 *
 * @public
 */
export interface VerifyAlgorithm {
  readonly name: string;
  readonly hash?: string;
  readonly namedCurve?: string;
  readonly saltLength?: number;
}
