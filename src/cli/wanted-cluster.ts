import type { BundleState } from '../bundle/state.js';
import type { ReleasePrograms } from '../node/programs/release-archives.js';
import type { DocumentSource } from '../node/read/document.js';
import type { WantedCluster } from '../plan/plan-update.js';

/**
 * What a cluster is to become, with programs that are to be closed in the end.
 *
 * @internal
 */
export interface ReadCluster extends WantedCluster {
  readonly programs?: ReleasePrograms;
}

/**
 * What a cluster is to become, as a document and the files that it names say.
 *
 * @throws EtcdBundleError as parseClusterDocument does
 * @internal
 */
export async function readWantedCluster(
  { text, folder }: DocumentSource,
  state: BundleState,
): Promise<ReadCluster> {
  const { parseClusterDocument } = await import('../document/parse.js');
  const { readNamedCertificates } = await import('../node/named-certificates.js');
  // What was read already is not read once more.
  const spec = text === state.manifest.document ? state.spec : parseClusterDocument(text);
  const named = await readNamedCertificates(spec, folder);
  const { needsPrograms } = await import('../plan/programs.js');
  if (!needsPrograms(state, spec)) return { spec, document: text, named };
  const { readReleaseArchives } = await import('../node/programs/release-archives.js');
  const programs = await readReleaseArchives(spec, folder);
  return { spec, document: text, named, ...(programs === undefined ? {} : { programs }) };
}
