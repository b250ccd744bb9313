import { decodeEcdsaSignature } from '../x509/ecdsa-signature.js';
import type { SignatureHash } from '../x509/key-algorithm.js';
import { CURVES } from '../x509/named-curve.js';
import type { SignatureScheme } from './provider.js';
import type { WebCryptoAlgorithm, WebCryptoSubtle } from './webcrypto-subtle.js';

/** @internal */
export async function verify(
  subtle: WebCryptoSubtle,
  scheme: SignatureScheme,
  publicKey: Uint8Array,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const raw =
    scheme.name === 'ECDSA' ? decodeEcdsaSignature(signature, CURVES[scheme.namedCurve].size) : signature;
  if (raw === undefined) return false;
  try {
    const algorithm = parametersOf(scheme);
    const key = await subtle.importKey('spki', publicKey, algorithm, false, ['verify']);
    return await subtle.verify(algorithm, key, raw, data);
  } catch {
    return false;
  }
}

/**
 * Octets of a digest, and so of the salt of RSASSA-PSS as Go takes it.
 *
 * @internal
 */
export function digestSize(hash: SignatureHash): number {
  return Number(hash.slice(4)) / 8;
}

function parametersOf(scheme: SignatureScheme): WebCryptoAlgorithm {
  return scheme.name === 'RSA-PSS' ? { ...scheme, saltLength: digestSize(scheme.hash) } : scheme;
}
