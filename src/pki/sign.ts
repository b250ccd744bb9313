import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider, KeyPair, Signer } from '../crypto/provider.js';
import { signatureScheme } from '../crypto/signature-scheme.js';
import { EtcdBundleError } from '../errors.js';
import { type CertificateContents, encodeTbsCertificate } from '../x509/certificate.js';
import { KEY_TABLE, type KeyAlgorithm, type SignatureAlgorithm } from '../x509/key-algorithm.js';
import { lintCertificate } from '../x509/lint/lint-certificate.js';
import type { CertificateIssuer } from '../x509/lint/rule.js';
import { encodePem } from '../x509/pem.js';
import { encodeSigned } from '../x509/signed.js';
import type { UnixTime } from '../x509/time.js';
import type { CertificatePlan, PlannedContents } from './certificate-plan.js';

/**
 * What one run of issuing draws from.
 *
 * @internal
 */
export interface IssuingTools {
  readonly crypto: CryptoProvider;
  readonly now: UnixTime;
  readonly spec: ClusterSpec;
  readonly drawKeyPair: (algorithm: KeyAlgorithm) => Promise<KeyPair>;
  readonly drawSerialNumber: () => Uint8Array;
}

/**
 * kubeadm's CertificateBackdate: hosts whose clocks are a little behind accept the certificate at once.
 *
 * @internal
 */
export const BACKDATE_SECONDS = 300;

/** As OpenSSL and Go label them (RFC 7468, 13; RFC 8410, 7). */
const PEM_TYPES = { ec: 'EC PRIVATE KEY', ed25519: 'PRIVATE KEY', rsa: 'RSA PRIVATE KEY' } as const;

type CommonContents = Pick<
  CertificateContents,
  'subject' | 'subjectPublicKeyInfo' | 'keyUsage' | 'extendedKeyUsage' | 'altNames'
>;

/** @internal */
export function commonContents(plan: PlannedContents, keyPair: KeyPair): CommonContents {
  const { subject, keyUsage, extendedKeyUsage, altNames } = plan;
  return { subject, subjectPublicKeyInfo: keyPair.publicKey, keyUsage, extendedKeyUsage, altNames };
}

/**
 * @throws EtcdBundleError `lint-failed`
 * @internal
 */
export function refuseLint(
  contents: CertificateContents,
  issuer: CertificateIssuer | 'self',
  plan: CertificatePlan,
  spec: ClusterSpec,
): void {
  const issues = lintCertificate(contents, issuer, { path: plan.id, usages: spec.certificates.usages });
  if (issues.length > 0) throw new EtcdBundleError('lint-failed', issues);
}

/**
 * The certificate, DER, or undefined where the signature does not fit the signer's public key: etcd would refuse it on every host.
 *
 * @internal
 */
export function signCertificate(
  contents: CertificateContents,
  sign: Signer,
  signer: KeyPair,
  crypto: CryptoProvider,
): Promise<Uint8Array | undefined> {
  return signOctets(encodeTbsCertificate(contents), contents.signatureAlgorithm, sign, signer, crypto);
}

/**
 * What is to be signed with its signature, DER, or undefined where that does not fit the signer's public key.
 *
 * @internal
 */
export async function signOctets(
  toBeSigned: Uint8Array,
  algorithm: SignatureAlgorithm,
  sign: Signer,
  signer: KeyPair,
  { verify }: CryptoProvider,
): Promise<Uint8Array | undefined> {
  const signature = await sign(toBeSigned);
  return (await verify(signatureScheme(signer.algorithm), signer.publicKey, signature, toBeSigned))
    ? encodeSigned(toBeSigned, algorithm, signature)
    : undefined;
}

/** @internal */
export function privateKeyPem({ algorithm, privateKey }: KeyPair): string {
  return encodePem(PEM_TYPES[KEY_TABLE[algorithm].type], privateKey);
}
