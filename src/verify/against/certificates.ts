import { hostNamesOf, type Manifest, type ManifestCertificate } from '../../bundle/manifest/manifest.js';
import type { RootFile } from '../../host/host-root.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { readCertificate } from '../../x509/read/certificate-reader.js';
import { decodePem } from '../../x509/read/pem.js';

/**
 * The certificates of a PEM file that can be read.
 *
 * @internal
 */
export function certificatesIn({ bytes }: Pick<RootFile, 'bytes'>): readonly CertificateView[] {
  return decodePem(bytes).flatMap((block) => {
    const read = block.type === 'CERTIFICATE' ? readCertificate(block.bytes) : undefined;
    return read?.type === 'ok' ? [read.value] : [];
  });
}

/**
 * What the manifest says of the leaf of a file.
 *
 * @internal
 */
export function leafAt(
  { certificates }: Manifest,
  host: string,
  filePath: string,
): ManifestCertificate | undefined {
  return certificates.find(({ path, holder }) => path === filePath && hostNamesOf(holder).includes(host));
}

/**
 * Whether a certificate is one that its authority signed for the manifest's leaf: serial numbers are unique (RFC 5280, 4.1.2.2).
 *
 * @internal
 */
export function isLeaf({ serialNumber, issuer }: CertificateView, leaf: ManifestCertificate): boolean {
  return issuer === leaf.issuer && serialNumber === leaf.serialNumber.replace(/^0+(?=.)/, '');
}
