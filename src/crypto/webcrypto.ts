import { decodeBase64Url } from '../text/base64url.js';
import { concatOctets, leftPad } from '../text/octets.js';
import { type EcKeyAlgorithm, fieldSize, isEcKeyAlgorithm } from '../x509/algorithm-identifier.js';
import { encodeEcdsaSignature } from '../x509/ecdsa-signature.js';
import type { KeyAlgorithm } from '../x509/key-algorithm.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import { encodeEcPrivateKey, encodePrivateKeyInfo, encodeRsaPrivateKey } from '../x509/private-key.js';
import { encodeEcPublicKey, encodeRsaPublicKey } from '../x509/subject-public-key-info.js';
import type { CryptoProvider, KeyPair, Signer } from './provider.js';

/**
 * Octets, as the Web Cryptography API takes them; the wider type keeps implementations assignable that refuse shared memory.
 *
 * @public
 */
export type WebCryptoBytes = ArrayBufferView | ArrayBuffer;

/**
 * What a key is imported for, and signs with: EcdsaParams with its curve, or RsaHashedImportParams.
 *
 * @public
 */
export interface WebCryptoAlgorithm {
  readonly name: 'ECDSA' | 'RSASSA-PKCS1-v1_5';
  readonly hash: 'SHA-256' | 'SHA-384';
  readonly namedCurve?: 'P-256' | 'P-384';
}

/**
 * The part of the Web Cryptography API that issuing uses: a browser's or a worker's `crypto`, `webcrypto` of `node:crypto`, or an
 * implementation of your own.
 *
 * @public
 */
export interface WebCrypto {
  readonly subtle: WebCryptoSubtle;
  getRandomValues(array: Uint8Array): unknown;
}

/**
 * The part of SubtleCrypto that issuing uses. Algorithms are the dictionaries of the Web Cryptography API; keys stay opaque, for
 * those of one implementation mean nothing to another.
 *
 * @public
 */
export interface WebCryptoSubtle {
  generateKey(
    algorithm: object,
    extractable: boolean,
    keyUsages: ('sign' | 'verify')[],
  ): Promise<{ readonly privateKey: unknown }>;
  exportKey(format: 'jwk', key: unknown): Promise<object>;
  importKey(
    format: 'pkcs8',
    keyData: WebCryptoBytes,
    algorithm: WebCryptoAlgorithm,
    extractable: boolean,
    keyUsages: 'sign'[],
  ): Promise<unknown>;
  sign(algorithm: WebCryptoAlgorithm, key: unknown, data: WebCryptoBytes): Promise<ArrayBuffer>;
  digest(algorithm: 'SHA-1' | 'SHA-256', data: WebCryptoBytes): Promise<ArrayBuffer>;
}

/** First octet of a point that has both coordinates (SEC 1, 2.3.3). */
const UNCOMPRESSED = 4;
/** 65537 */
const PUBLIC_EXPONENT = [1, 0, 1];
/** What getRandomValues gives at once (Web Cryptography API, 10.1.1). */
const RANDOM_QUOTA = 65_536;

/**
 * A provider for any runtime that has the Web Cryptography API.
 *
 * @public
 */
export function webCryptoProvider(crypto: WebCrypto): CryptoProvider {
  const { subtle } = crypto;
  return {
    generateKeyPair: (algorithm) => generateKeyPair(subtle, algorithm),
    importSigner: (keyPair) => importSigner(subtle, keyPair),
    digest: async (hash, data) => new Uint8Array(await subtle.digest(hash, data)),
    randomBytes: (length) => randomBytes(crypto, length),
  };
}

/**
 * WebCrypto exports an elliptic curve key as PKCS#8 with or without its curve and its public key, as each implementation likes. A
 * JSON Web Key has all of it by definition (RFC 7518, 6), so the encodings are written from that.
 */
async function generateKeyPair(subtle: WebCryptoSubtle, algorithm: KeyAlgorithm): Promise<KeyPair> {
  const { privateKey } = await subtle.generateKey(generationParameters(algorithm), true, ['sign', 'verify']);
  const jwk = await subtle.exportKey('jwk', privateKey);
  return isEcKeyAlgorithm(algorithm) ? ecKeyPair(algorithm, jwk) : rsaKeyPair(algorithm, jwk);
}

async function importSigner(subtle: WebCryptoSubtle, { algorithm, privateKey }: KeyPair): Promise<Signer> {
  const parameters = signatureParameters(algorithm);
  const der = encodePrivateKeyInfo(algorithm, privateKey);
  const key = await importAndForget(subtle, der, parameters);
  return async (data) => {
    const signature = new Uint8Array(await subtle.sign(parameters, key, data));
    return isEcKeyAlgorithm(algorithm) ? encodeEcdsaSignature(signature) : signature;
  };
}

async function importAndForget(
  subtle: WebCryptoSubtle,
  der: Uint8Array,
  parameters: WebCryptoAlgorithm,
): Promise<unknown> {
  try {
    return await subtle.importKey('pkcs8', der, parameters, false, ['sign']);
  } finally {
    // The implementation has a copy of its own by now (Web Cryptography API, 14.3.9, step 4), or wants none.
    der.fill(0);
  }
}

function randomBytes(crypto: WebCrypto, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  for (let start = 0; start < length; start += RANDOM_QUOTA)
    crypto.getRandomValues(octets.subarray(start, start + RANDOM_QUOTA));
  return octets;
}

function generationParameters(algorithm: KeyAlgorithm): object {
  const parameters = KEY_TABLE[algorithm];
  return parameters.type === 'ec'
    ? signatureParameters(algorithm)
    : {
        ...signatureParameters(algorithm),
        modulusLength: parameters.modulusLength,
        publicExponent: Uint8Array.from(PUBLIC_EXPONENT),
      };
}

function signatureParameters(algorithm: KeyAlgorithm): WebCryptoAlgorithm {
  const parameters = KEY_TABLE[algorithm];
  return parameters.type === 'ec'
    ? { name: 'ECDSA', namedCurve: parameters.namedCurve, hash: parameters.hash }
    : { name: 'RSASSA-PKCS1-v1_5', hash: parameters.hash };
}

function ecKeyPair(algorithm: EcKeyAlgorithm, jwk: object): KeyPair {
  const size = fieldSize(algorithm);
  const coordinate = (name: 'x' | 'y'): Uint8Array => leftPad(readNumber(jwk, name), size);
  const point = concatOctets([UNCOMPRESSED], coordinate('x'), coordinate('y'));
  return {
    algorithm,
    publicKey: encodeEcPublicKey(algorithm, point),
    privateKey: encodeEcPrivateKey(algorithm, readNumber(jwk, 'd'), point),
  };
}

function rsaKeyPair(algorithm: KeyAlgorithm, jwk: object): KeyPair {
  const modulus = readNumber(jwk, 'n');
  const publicExponent = readNumber(jwk, 'e');
  const privateKey = encodeRsaPrivateKey({
    modulus,
    publicExponent,
    privateExponent: readNumber(jwk, 'd'),
    prime1: readNumber(jwk, 'p'),
    prime2: readNumber(jwk, 'q'),
    exponent1: readNumber(jwk, 'dp'),
    exponent2: readNumber(jwk, 'dq'),
    coefficient: readNumber(jwk, 'qi'),
  });
  return { algorithm, publicKey: encodeRsaPublicKey(modulus, publicExponent), privateKey };
}

function readNumber(jwk: object, name: string): Uint8Array {
  const text: unknown = Reflect.get(jwk, name);
  const octets = typeof text === 'string' ? decodeBase64Url(text) : undefined;
  if (octets === undefined || octets.length === 0)
    throw new TypeError(`the WebCrypto implementation exported a JSON Web Key without "${name}"`);
  return octets;
}
