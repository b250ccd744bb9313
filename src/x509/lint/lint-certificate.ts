import type { Issue } from '../../errors.js';
import type { CertificateContents } from '../certificate.js';
import { formatDistinguishedName, isEmptyName, isEncodedName, type Name } from '../distinguished-name.js';
import {
  altNamesPermitted,
  altNamesUnique,
  altNamesWellFormed,
  serverNamed,
  subjectNamed,
} from './alt-names.js';
import {
  authorityIdentified,
  authorityKeyIdentifierMatches,
  authoritySigns,
  issuerMaySign,
  issuerPathLength,
  leafSignsNoCertificates,
  pathLengthOfAuthority,
  signatureFitsIssuerKey,
} from './authority.js';
import { enciphermentWithRsaOnly, keyUsagePresent, leafHasPurpose, leafSignsHandshakes } from './leaf.js';
import {
  attributeCharacters,
  attributeLengths,
  countryCode,
  issuerIsSubjectOfIssuer,
  issuerNamed,
} from './name.js';
import type { CertificateIssuer, LintInput, LintRule } from './rule.js';
import { serialNumberLength, serialNumberPositive } from './serial-number.js';
import { validityInOrder, validityRepresentable, validityWithinIssuer } from './validity.js';

/**
 * Where the certificate stands, and how kubeadm is to be followed.
 *
 * @internal
 */
export interface LintOptions {
  /** Path for the issues; the empty string when absent. */
  readonly path?: string;
  /** `kubeadm-compatible` allows keyEncipherment on ECDSA keys. Default: `rfc5280`. */
  readonly usages?: 'rfc5280' | 'kubeadm-compatible';
}

/**
 * Every rule, in the order of a certificate's fields.
 *
 * @internal
 */
export const LINT_RULES: readonly LintRule[] = [
  serialNumberPositive,
  serialNumberLength,
  signatureFitsIssuerKey,
  issuerNamed,
  issuerIsSubjectOfIssuer,
  issuerMaySign,
  issuerPathLength,
  validityRepresentable,
  validityInOrder,
  validityWithinIssuer,
  subjectNamed,
  attributeLengths,
  attributeCharacters,
  countryCode,
  keyUsagePresent,
  authoritySigns,
  leafSignsNoCertificates,
  leafSignsHandshakes,
  enciphermentWithRsaOnly,
  leafHasPurpose,
  pathLengthOfAuthority,
  authorityIdentified,
  authorityKeyIdentifierMatches,
  serverNamed,
  altNamesUnique,
  altNamesWellFormed,
  altNamesPermitted,
];

/**
 * Checks a certificate against every rule before its issuer's key is used: a signed certificate cannot be withdrawn.
 *
 * @param issuer - the certificate that is going to sign it, or `self`
 * @returns an issue with the rule's name for its code for each rule that it breaks; none where it may be signed
 * @internal
 */
export function lintCertificate(
  contents: CertificateContents,
  issuer: CertificateIssuer | 'self',
  options: LintOptions = {},
): Issue[] {
  const selfSigned = issuer === 'self';
  const input: LintInput = {
    certificate: contents,
    issuer: selfSigned ? contents : issuer,
    selfSigned,
    usages: options.usages ?? 'rfc5280',
  };
  const issues: Issue[] = [];
  for (const rule of LINT_RULES) {
    const finding = rule.check(input);
    if (finding === undefined) continue;
    const message = `${describe(contents.subject)} ${finding.message} (${rule.source}).`;
    issues.push({ code: rule.name, path: options.path ?? '', message, cure: finding.cure });
  }
  return issues;
}

function describe(subject: Name): string {
  return isEncodedName(subject) || isEmptyName(subject)
    ? 'The certificate'
    : `The certificate of ${formatDistinguishedName(subject)}`;
}
