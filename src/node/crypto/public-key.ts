import { createECDH, createPrivateKey } from 'node:crypto';
import type { CryptoProvider } from '../../crypto/provider.js';
import { decodeBase64Url } from '../../text/base64url.js';
import { CURVES } from '../../x509/named-curve.js';
import { encodeEd25519SeedInfo } from '../../x509/private-key.js';

/**
 * @throws where the curve has no such key
 * @internal
 */
export function publicKeyOf(
  curve: Parameters<CryptoProvider['publicKeyOf']>[0],
  secret: Uint8Array,
): Uint8Array {
  return curve === 'Ed25519' ? ed25519PublicKey(secret) : ecPoint(CURVES[curve].openssl, secret);
}

function ecPoint(curve: string, secret: Uint8Array): Uint8Array {
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(secret);
  return new Uint8Array(ecdh.getPublicKey());
}

function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const info = Buffer.from(encodeEd25519SeedInfo(seed));
  const { x = '' } = createPrivateKey({ key: info, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  info.fill(0);
  return decodeBase64Url(x) ?? new Uint8Array();
}
