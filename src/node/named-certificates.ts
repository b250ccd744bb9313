import type { ClusterSpec } from '../cluster-spec.js';
import { type NamedCertificates, namedCertificatePaths } from '../plan/named-certificates.js';
import { decodePem } from '../x509/read/pem.js';
import { readPemFile } from './read/document.js';
import { sha256Of } from './sha256.js';

/**
 * Reads what the files of CA certificates hold that a document names. One that is not there is left out: a bundle has what it held.
 *
 * @param folder - what the paths in the document are relative to
 * @throws EtcdBundleError `system` where one is there and cannot be read
 * @internal
 */
export async function readNamedCertificates(
  spec: ClusterSpec,
  folder: string,
): Promise<readonly NamedCertificates[]> {
  const named: NamedCertificates[] = [];
  for (const { path, file } of namedCertificatePaths(spec)) {
    const bytes = await readPemFile(file, folder, path);
    if (!(bytes instanceof Uint8Array)) continue;
    const certificates = decodePem(bytes).filter(({ type }) => type.endsWith('CERTIFICATE'));
    named.push({ path, fingerprints: certificates.map((block) => sha256Of(block.bytes)) });
  }
  return named;
}
