import type { CertificateView } from './certificate.js';

/**
 * Whether a certificate is a CA's. Before version 3 nothing says so, and a root is one that signed itself.
 *
 * @internal
 */
export function isAuthority({
  version,
  basicConstraints,
  rawSubject,
  rawIssuer,
}: Pick<CertificateView, 'version' | 'basicConstraints' | 'rawSubject' | 'rawIssuer'>): boolean {
  return version < 3 ? rawSubject === rawIssuer : basicConstraints?.ca === true;
}
