import type { DocumentSource } from '../node/read/document.js';
import type { WantedCluster } from '../plan/plan-update.js';

/**
 * What a cluster is to become, as a document and the files that it names say.
 *
 * @throws EtcdBundleError as parseClusterDocument does
 * @internal
 */
export async function readWantedCluster({ text, folder }: DocumentSource): Promise<WantedCluster> {
  const { parseClusterDocument } = await import('../document/parse.js');
  const { readNamedCertificates } = await import('../node/named-certificates.js');
  const spec = parseClusterDocument(text);
  return { spec, document: text, named: await readNamedCertificates(spec, folder) };
}
