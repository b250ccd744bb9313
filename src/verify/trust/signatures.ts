import type { VerifyCrypto } from '../../crypto/verify-crypto.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { derReader, isNegative, readInteger, TAG } from '../../x509/read/der-reader.js';

/**
 * Whether one certificate's signature was made with another one's key.
 *
 * @internal
 */
export type SignedBy = (child: CertificateView, parent: CertificateView) => boolean;

/** A cluster of a thousand members has some three thousand. */
const MAX_CHECKS = 20_000;
const MALFORMED = 'x509: ECDSA verification failure';

/**
 * Checks every signature between certificates whose names fit, once.
 *
 * @internal
 */
export async function checkSignatures(
  certificates: readonly CertificateView[],
  crypto: VerifyCrypto,
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
      if (await verify(child, parent, crypto)) found.add(parent.id);
    }
    signers.set(child.id, found);
  }
  return (child, parent) => signers.get(child.id)?.has(parent.id) ?? false;
}

async function verify(
  child: CertificateView,
  parent: CertificateView,
  { subtle }: VerifyCrypto,
): Promise<boolean> {
  const { scheme, signature, signed } = child;
  const { publicKey } = parent;
  if (scheme === undefined || scheme.insecure !== undefined || publicKey.type !== scheme.key) return false;
  try {
    const hash = { hash: scheme.hash ?? '' };
    const algorithm =
      publicKey.type === 'ec'
        ? { name: scheme.name, namedCurve: publicKey.curve, ...hash }
        : publicKey.type === 'rsa'
          ? { name: scheme.name, saltLength: saltLength(scheme.hash), ...hash }
          : { name: scheme.name };
    const key = await subtle.importKey('spki', publicKey.info, algorithm, false, ['verify']);
    const raw = publicKey.type === 'ec' ? rawSignature(signature, publicKey.value.length / 4) : signature;
    return raw !== undefined && (await subtle.verify(algorithm, key, raw, signed));
  } catch {
    return false;
  }
}

function saltLength(hash: string | undefined): number {
  return Number(hash?.slice(4) ?? 0) / 8;
}

/**
 * r and s of an Ecdsa-Sig-Value (RFC 3279, 2.2.3), each as long as the curve's field, as WebCrypto wants them. Go takes it in DER alone
 * (`crypto/ecdsa`, parseSignature).
 *
 * @param size - octets of a coordinate; a point is two of them and one more, here in hexadecimal digits
 */
function rawSignature(der: Uint8Array, size: number): Uint8Array | undefined {
  const length = Math.floor(size);
  const outer = derReader(der);
  const numbers = outer.enter(TAG.sequence, MALFORMED);
  const raw = new Uint8Array(2 * length);
  for (const end of [length, 2 * length]) {
    const number = readInteger(numbers, MALFORMED);
    const value = number[0] === 0 ? number.subarray(1) : number;
    if (isNegative(number) || value.length > length) return undefined;
    raw.set(value, end - value.length);
  }
  return outer.isEmpty() && numbers.isEmpty() ? raw : undefined;
}
