import type { CertificateView } from './certificate.js';
import { readCertificate } from './certificate-reader.js';
import { decodePem } from './pem.js';

/**
 * The certificates of a PEM file that Go, and so etcd, can read.
 *
 * @internal
 */
export function certificatesIn(pem: Uint8Array): readonly CertificateView[] {
  return decodePem(pem).flatMap((block) => {
    const read = block.type === 'CERTIFICATE' ? readCertificate(block.bytes) : undefined;
    return read?.type === 'ok' ? [read.value] : [];
  });
}
