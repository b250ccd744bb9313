import { decodeBase64Url } from '../text/base64url.js';
import { concatOctets, leftPad } from '../text/octets.js';
import { fieldSize } from '../x509/algorithm-identifier.js';
import { encodeEcdsaSignature } from '../x509/ecdsa-signature.js';
import {
  type EcKeyAlgorithm,
  isEcKeyAlgorithm,
  KEY_TABLE,
  type KeyAlgorithm,
} from '../x509/key-algorithm.js';
import type { NamedCurve } from '../x509/named-curve.js';
import {
  encodeEcPrivateKey,
  encodeEcSecretInfo,
  encodeEd25519SeedInfo,
  encodePrivateKeyInfo,
  encodeRsaPrivateKey,
} from '../x509/private-key.js';
import {
  encodeEcPublicKey,
  encodeEd25519PublicKey,
  encodeRsaPublicKey,
} from '../x509/subject-public-key-info.js';
import type { CryptoProvider, KeyPair, Signer } from './provider.js';
import { signatureScheme } from './signature-scheme.js';
import type { WebCryptoAlgorithm, WebCryptoSubtle } from './webcrypto-subtle.js';

/** First octet of a point that has both coordinates (SEC 1, 2.3.3). */
const UNCOMPRESSED = 4;
/** 65537 */
const PUBLIC_EXPONENT = [1, 0, 1];
const ED25519_OCTETS = 32;

/**
 * WebCrypto exports an elliptic curve key as PKCS#8 with or without its curve and its public key, as each implementation likes. A
 * JSON Web Key has all of it by definition (RFC 7518, 6), so the encodings are written from that.
 *
 * @internal
 */
export async function generateKeyPair(subtle: WebCryptoSubtle, algorithm: KeyAlgorithm): Promise<KeyPair> {
  const { privateKey } = await subtle.generateKey(generationParameters(algorithm), true, ['sign', 'verify']);
  const jwk = await subtle.exportKey('jwk', privateKey);
  if (algorithm === 'ed25519') return ed25519KeyPair(jwk);
  return isEcKeyAlgorithm(algorithm) ? ecKeyPair(algorithm, jwk) : rsaKeyPair(algorithm, jwk);
}

/** @internal */
export async function importSigner(
  subtle: WebCryptoSubtle,
  { algorithm, privateKey }: KeyPair,
): Promise<Signer> {
  const parameters = signatureScheme(algorithm);
  const der = algorithm === 'ed25519' ? privateKey.slice() : encodePrivateKeyInfo(algorithm, privateKey);
  const key = await importAndForget(subtle, der, parameters);
  return async (data) => {
    const signature = new Uint8Array(await subtle.sign(parameters, key, data));
    return isEcKeyAlgorithm(algorithm) ? encodeEcdsaSignature(signature) : signature;
  };
}

/** @internal */
export async function publicKeyOf(
  subtle: WebCryptoSubtle,
  curve: NamedCurve | 'Ed25519',
  secret: Uint8Array,
): ReturnType<CryptoProvider['publicKeyOf']> {
  if (curve === 'Ed25519') return ed25519PublicKey(subtle, secret);
  const algorithm: WebCryptoAlgorithm = { name: 'ECDSA', namedCurve: curve };
  const key = await importAndForget(subtle, encodeEcSecretInfo(curve, secret), algorithm, true);
  const jwk = await subtle.exportKey('jwk', key);
  // Not every implementation adds what was not in the octets it imported.
  if (!('x' in jwk)) return undefined;
  const coordinate = (name: 'x' | 'y'): Uint8Array => leftPad(readNumber(jwk, name), secret.length);
  return concatOctets([UNCOMPRESSED], coordinate('x'), coordinate('y'));
}

/** Not every implementation has the curve (Web Cryptography API Level 2). */
async function ed25519PublicKey(subtle: WebCryptoSubtle, seed: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const key = await importAndForget(subtle, encodeEd25519SeedInfo(seed), { name: 'Ed25519' }, true);
    return leftPad(readNumber(await subtle.exportKey('jwk', key), 'x'), ED25519_OCTETS);
  } catch {
    return undefined;
  }
}

async function importAndForget(
  subtle: WebCryptoSubtle,
  der: Uint8Array,
  parameters: WebCryptoAlgorithm,
  extractable = false,
): Promise<unknown> {
  try {
    return await subtle.importKey('pkcs8', der, parameters, extractable, ['sign']);
  } finally {
    // The implementation has its own copy by now (Web Cryptography API, 14.3.9, step 4), or wants none.
    der.fill(0);
  }
}

function generationParameters(algorithm: KeyAlgorithm): object {
  const parameters = KEY_TABLE[algorithm];
  return parameters.type !== 'rsa'
    ? signatureScheme(algorithm)
    : {
        ...signatureScheme(algorithm),
        modulusLength: parameters.modulusLength,
        publicExponent: Uint8Array.from(PUBLIC_EXPONENT),
      };
}

function ed25519KeyPair(jwk: object): KeyPair {
  const octets = (name: 'x' | 'd'): Uint8Array => leftPad(readNumber(jwk, name), ED25519_OCTETS);
  return {
    algorithm: 'ed25519',
    publicKey: encodeEd25519PublicKey(octets('x')),
    privateKey: encodeEd25519SeedInfo(octets('d')),
  };
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
