import type { IssueCode } from '../../issue-codes.js';
import type { CertificateContents } from '../certificate.js';
import type { NameConstraints } from '../name-constraints.js';

/**
 * The certificate that signs the one to be checked. For a CA that we issued pass its contents; for one read from disk fill in these
 * fields, the subject as DER.
 *
 * @internal
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
  /** Also the code of its issues. */
  readonly name: IssueCode;
  /** Section that asks for it. */
  readonly source: string;
  readonly check: (input: LintInput) => LintFinding | undefined;
}
