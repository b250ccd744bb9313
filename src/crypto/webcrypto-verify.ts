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
    return hasLengthFor(key, raw) && (await subtle.verify(algorithm, key, raw, data));
  } catch {
    return false;
  }
}

/** RFC 8017, 8.1.2 and 8.2.2, step 1, which some leave out: a zero in front is part of an RSA signature. */
function hasLengthFor(key: unknown, { length }: Uint8Array): boolean {
  if (typeof key !== 'object' || key === null || !('algorithm' in key)) return true;
  const { algorithm } = key;
  if (typeof algorithm !== 'object' || algorithm === null || !('modulusLength' in algorithm)) return true;
  return typeof algorithm.modulusLength !== 'number' || length === Math.ceil(algorithm.modulusLength / 8);
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
