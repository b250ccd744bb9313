import type { CertificateView } from '../../x509/read/certificate.js';

/**
 * Why a certificate is not accepted, in Go's words, and whose fault it is.
 *
 * @internal
 */
export interface ChainFault {
  readonly kind: 'time' | 'authority' | 'usage' | 'extension' | 'names' | 'policy';
  readonly says: string;
  readonly culprit: CertificateView;
}
