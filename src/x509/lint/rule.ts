import type { CertificateContents } from '../certificate.js';
import type { NameConstraints } from '../name-constraints.js';

/**
 * What a certificate is held against: the certificate that signs it. The contents of a CA of our own are one as they stand; of a
 * CA that was read from disk, the caller fills these in, the subject as its DER.
 *
 * @public
 */
export interface CertificateIssuer
  extends Pick<
    CertificateContents,
    'subject' | 'subjectPublicKeyInfo' | 'validity' | 'keyUsage' | 'basicConstraints' | 'subjectKeyIdentifier'
  > {
  /** Names that it may sign for; absent: any. */
  readonly nameConstraints?: NameConstraints;
}

/** @internal */
export interface LintInput {
  readonly certificate: CertificateContents;
  readonly issuer: CertificateIssuer;
  readonly selfSigned: boolean;
  /** `kubeadm-compatible` allows keyEncipherment on any key. */
  readonly usages: 'rfc5280' | 'kubeadm-compatible';
}

/** @internal */
export interface LintFinding {
  /** A sentence's predicate, its subject being the certificate: `has serial number 0`. */
  readonly message: string;
  readonly cure: string;
}

/** @internal */
export interface LintRule {
  readonly name: string;
  /** Section that asks for it. */
  readonly source: string;
  readonly check: (input: LintInput) => LintFinding | undefined;
}
