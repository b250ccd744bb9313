import { basename, join } from 'node:path';
import type { EtcdVersion } from '../cluster-spec.js';
import type { BundleFolder } from '../host/bundle-folder.js';
import type { ClusterView } from '../verify/cluster-view.js';
import { viewCluster } from '../verify/view-cluster.js';
import type { UnixTime } from '../x509/time.js';
import { nodeCryptoProvider } from './crypto/node-crypto.js';
import { findManifest } from './read/bundle.js';
import { readBundleFolder } from './read/bundle-folder.js';
import { distinctNames } from './read/distinct-names.js';
import { layGenerations } from './read/generations.js';
import { readHostFolder } from './read/host-folder.js';
import { readHostTarball, type TarballBudget, tarballBudget } from './read/host-tarball.js';
import { unreadable, type VerifyInput } from './read/input.js';
import { isFolder } from './read/path-kind.js';
import { readSeen } from './read/read-bytes.js';
import { readBundle } from './read/state.js';
import { rootName } from './read/tarball-name.js';
import { sha256Of } from './sha256.js';

/**
 * As what paths are looked at.
 *
 * @public
 */
export interface ViewPathsOptions {
  /** Moment to judge at, seconds since 1970. */
  readonly at: UnixTime;
  /** The release that the hosts run. Default: the manifest's or the image's, otherwise the newest that knows all of their settings. */
  readonly etcdVersion?: EtcdVersion;
  /** Folder of a bundle that the hosts are held against: what differs from it is told. */
  readonly against?: string;
  /** Seconds: a certificate that ends within them is a warning. Default: 30 days. */
  readonly within?: number;
}

/**
 * What the rules look at, and the bundle that it comes from.
 *
 * @internal
 */
export interface PathsView {
  readonly view: ClusterView;
  /** SHA-256 of the latest `bundle.json`, hexadecimal; absent where there is none. */
  readonly manifestDigest?: string;
}

/**
 * Reads bundles, tarballs and extracted host roots as one cluster.
 *
 * @throws EtcdBundleError `invalid-bundle` where there is nothing at a path, or no bundle to hold hosts against, `system` where something cannot be read
 * @internal
 */
export async function viewPaths(paths: readonly string[], options: ViewPathsOptions): Promise<PathsView> {
  const against = options.against === undefined ? undefined : (await readBundle(options.against)).manifest;
  const read: VerifyInput[] = [];
  const budget = tarballBudget();
  for (const path of paths) read.push(await readInput(path, budget));
  const inputs = layGenerations(read);
  const [latest] = inputs.filter((input) => input.manifest !== undefined);
  const { manifest, manifestDigest } = latest ?? {};
  const tarballDigests = new Map(inputs.flatMap((input) => [...(input.tarballDigests ?? [])]));
  const folders = inputs.flatMap((input) => input.folder ?? []);
  const view = await viewCluster(distinctNames(inputs.flatMap(({ roots }) => roots)), {
    crypto: nodeCryptoProvider(),
    at: options.at,
    ...(against === undefined ? {} : { against }),
    ...(options.within === undefined ? {} : { within: options.within }),
    ...(options.etcdVersion === undefined ? {} : { etcdVersion: options.etcdVersion }),
    ...(manifest === undefined ? {} : { manifest, tarballDigests }),
    ...(folders.length === 0 ? {} : { folder: joined(folders) }),
    unread: inputs.flatMap((input) => input.findings),
  });
  return { view, ...(manifestDigest === undefined ? {} : { manifestDigest }) };
}

async function readInput(path: string, budget: TarballBudget): Promise<VerifyInput> {
  if (!(await isFolder(path))) {
    const name = rootName(basename(path));
    const bytes = await readSeen(path);
    if (typeof bytes === 'string') return { roots: [], findings: [unreadable(name, path, bytes)] };
    const { root, isComplete, findings } = await readHostTarball(bytes, name, basename(path), budget);
    return { roots: isComplete ? [root] : [], findings };
  }
  const found = await findManifest(path);
  if (found.type === 'manifest')
    return {
      ...(await readBundleFolder(path, found.manifest, budget)),
      manifestDigest: sha256Of(found.bytes),
    };
  if (found.type === 'unusable')
    return {
      roots: [],
      findings: found.issues.map(({ path: place, message }) =>
        unreadable('', place.slice(join(path, '/').length), message),
      ),
    };
  return { roots: [await readHostFolder(path)], findings: [] };
}

function joined(folders: readonly BundleFolder[]): BundleFolder {
  return {
    sums: folders.flatMap(({ sums }) => sums),
    modes: new Map(folders.flatMap(({ modes }) => [...modes])),
  };
}
