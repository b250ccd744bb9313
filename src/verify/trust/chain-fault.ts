import type { CertificateView } from '../../x509/read/certificate.js';

/**
 * Why a certificate is not accepted, in Go's words, and which certificate is at fault.
 *
 * @internal
 */
export interface ChainFault {
  readonly kind: 'time' | 'authority' | 'usage' | 'extension' | 'names' | 'policy';
  readonly says: string;
  readonly culprit: CertificateView;
}
