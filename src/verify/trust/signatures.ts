import type { CryptoProvider, SignatureScheme } from '../../crypto/provider.js';
import { isNamedCurve } from '../../x509/named-curve.js';
import type { CertificateView } from '../../x509/read/certificate.js';

/**
 * Whether one certificate's signature was made with another one's key.
 *
 * @internal
 */
export type SignedBy = (child: CertificateView, parent: CertificateView) => boolean;

/** A cluster of a thousand members has some three thousand. */
const MAX_CHECKS = 20_000;

/**
 * Checks every signature between certificates whose names fit, once.
 *
 * @internal
 */
export async function checkSignatures(
  certificates: readonly CertificateView[],
  crypto: Pick<CryptoProvider, 'verify'>,
): Promise<SignedBy> {
  const bySubject = new Map<string, CertificateView[]>();
  for (const certificate of certificates) {
    const same = bySubject.get(certificate.rawSubject) ?? [];
    bySubject.set(certificate.rawSubject, same);
    same.push(certificate);
  }
  const signers = new Map<string, Set<string>>();
  let checks = 0;
  for (const child of certificates) {
    const found = new Set<string>();
    for (const parent of bySubject.get(child.rawIssuer) ?? []) {
      checks += 1;
      if (checks > MAX_CHECKS) break;
      if (await isSignedBy(child, parent, crypto)) found.add(parent.id);
    }
    signers.set(child.id, found);
  }
  return (child, parent) => signers.get(child.id)?.has(parent.id) ?? false;
}

async function isSignedBy(
  { scheme, signature, signed }: CertificateView,
  { publicKey }: CertificateView,
  crypto: Pick<CryptoProvider, 'verify'>,
): Promise<boolean> {
  if (scheme === undefined || scheme.insecure !== undefined) return false;
  if (publicKey.type === 'other' || publicKey.type !== scheme.key) return false;
  const how = schemeFor(scheme, publicKey);
  return how !== undefined && (await crypto.verify(how, publicKey.info, signature, signed));
}

function schemeFor(
  { name, hash }: NonNullable<CertificateView['scheme']>,
  publicKey: CertificateView['publicKey'],
): SignatureScheme | undefined {
  if (name === 'Ed25519') return { name };
  if (hash === undefined) return undefined;
  if (name !== 'ECDSA') return { name, hash };
  return publicKey.type === 'ec' && isNamedCurve(publicKey.curve)
    ? { name, namedCurve: publicKey.curve, hash }
    : undefined;
}
