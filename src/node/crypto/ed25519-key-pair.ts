import { generateKeyPairSync } from 'node:crypto';
import type { KeyPair } from '../../crypto/provider.js';

/**
 * OpenSSL's own encodings are those of RFC 8410.
 *
 * @internal
 */
export function generateEd25519KeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return {
    algorithm: 'ed25519',
    publicKey: new Uint8Array(publicKey),
    privateKey: new Uint8Array(privateKey),
  };
}
