import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { CryptoProvider, SignatureScheme } from '../../crypto/provider.js';
import { decodeEcdsaSignature } from '../../x509/ecdsa-signature.js';
import { CURVES } from '../../x509/named-curve.js';
import { hashName } from './hash-name.js';

/**
 * Keeps each key once it is read: an authority signs all of its cluster.
 *
 * @internal
 */
export function verifier(): CryptoProvider['verify'] {
  const keys = new WeakMap<Uint8Array, KeyObject>();
  return async (scheme, publicKey, signature, data) => {
    const raw =
      scheme.name === 'ECDSA' ? decodeEcdsaSignature(signature, CURVES[scheme.namedCurve].size) : signature;
    if (raw === undefined) return false;
    try {
      const key = keys.get(publicKey) ?? readKey(publicKey);
      keys.set(publicKey, key);
      return isMadeFor(key, scheme, raw) && isVerified(scheme, key, raw, data);
    } catch {
      return false;
    }
  };
}

function readKey(info: Uint8Array): KeyObject {
  const key = Buffer.from(info.buffer, info.byteOffset, info.byteLength);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** OpenSSL goes by the key alone. The key's curve is not asked for: some keys do not let the process survive `asymmetricKeyDetails`. */
function isMadeFor(key: KeyObject, { name }: SignatureScheme, { length }: Uint8Array): boolean {
  const type = key.asymmetricKeyType;
  if (name === 'ECDSA') return type === 'ec';
  if (name === 'Ed25519') return type === 'ed25519';
  // RFC 8017, 8.1.2 and 8.2.2, step 1, which OpenSSL leaves out of RSA-PSS: a zero in front is part of the signature.
  return type === 'rsa' && length === Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
}

function isVerified(
  scheme: SignatureScheme,
  key: KeyObject,
  signature: Uint8Array,
  data: Uint8Array,
): boolean {
  switch (scheme.name) {
    case 'ECDSA':
      return verify(hashName(scheme.hash), data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    case 'Ed25519':
      return verify(null, data, key, signature);
    case 'RSASSA-PKCS1-v1_5':
      return verify(hashName(scheme.hash), data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
    case 'RSA-PSS':
      return verify(
        hashName(scheme.hash),
        data,
        {
          key,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        },
        signature,
      );
  }
}
