import { KEY_TABLE, type KeyAlgorithm } from '../x509/key-algorithm.js';
import type { SignatureScheme } from './provider.js';

/**
 * How keys of this algorithm sign here, in the words of WebCrypto.
 *
 * @internal
 */
export function signatureScheme(algorithm: KeyAlgorithm): SignatureScheme {
  const parameters = KEY_TABLE[algorithm];
  switch (parameters.type) {
    case 'ec':
      return { name: 'ECDSA', namedCurve: parameters.namedCurve, hash: parameters.hash };
    case 'ed25519':
      return { name: 'Ed25519' };
    case 'rsa':
      return { name: 'RSASSA-PKCS1-v1_5', hash: parameters.hash };
  }
}
