import type { ManifestCertificate } from '../../bundle/manifest/manifest.js';
import type { CertificateView } from '../../x509/read/certificate.js';

/**
 * Whether a certificate is one that its authority signed for the manifest's leaf: serial numbers are unique (RFC 5280, 4.1.2.2).
 *
 * @internal
 */
export function isLeaf({ serialNumber, issuer }: CertificateView, leaf: ManifestCertificate): boolean {
  return issuer === leaf.issuer && serialNumber === leaf.serialNumber.replace(/^0+(?=.)/, '');
}
