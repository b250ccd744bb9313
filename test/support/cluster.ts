import {
  type ClusterSpec,
  type HostBundle,
  type IssueOptions,
  issuePki,
  type Pki,
  parseClusterDocument,
  planCertificates,
  renderBundles,
} from '../../src/index.js';
import { archiveBundle, nodeCryptoProvider } from '../../src/node/index.js';

/** Everything that one document comes to. */
export interface BuiltCluster {
  readonly spec: ClusterSpec;
  readonly pki: Pki;
  readonly bundles: ReadonlyMap<string, HostBundle>;
  /** Bytes of `<name>.tar.gz`. */
  tarball(name: string): Promise<Uint8Array>;
  /** Text of one file of one bundle; throws where there is none. */
  text(bundle: string, path: string): string;
}

/** Runs the whole pipeline on a document's text, with keys and serial numbers of their own. */
export async function buildCluster(
  document: string,
  given: Pick<IssueOptions, 'trust'> = {},
): Promise<BuiltCluster> {
  const spec = parseClusterDocument(document);
  const now = Math.floor(Date.now() / 1000);
  const pki = await issuePki(spec, planCertificates(spec), { ...given, crypto: nodeCryptoProvider(), now });
  const bundles = new Map([...renderBundles(spec, pki)].map((bundle) => [bundle.name, bundle]));
  const find = (name: string): HostBundle => {
    const bundle = bundles.get(name);
    if (bundle === undefined) throw new Error(`no bundle ${name}, only ${[...bundles.keys()].join(', ')}`);
    return bundle;
  };
  return {
    spec,
    pki,
    bundles,
    tarball: (name) => archiveBundle(find(name)),
    text: (name, path) => {
      const file = find(name).files.find((candidate) => candidate.path === path);
      if (file === undefined) {
        throw new Error(
          `no ${path} in ${name}, only\n${find(name)
            .files.map((other) => other.path)
            .join('\n')}`,
        );
      }
      return new TextDecoder().decode(file.bytes);
    },
  };
}
