import { basename, join } from 'node:path';
import type { EtcdVersion } from '../cluster-spec.js';
import type { BundleFolder } from '../host/bundle-folder.js';
import { clustersOf } from '../verify/clusters.js';
import { type Finding, LEVELS, type Verification } from '../verify/finding.js';
import { judgeCluster } from '../verify/verify-bundle.js';
import { viewCluster } from '../verify/view-cluster.js';
import type { UnixTime } from '../x509/time.js';
import { nodeCryptoProvider } from './crypto/node-crypto.js';
import type { HandshakeResult } from './handshake/handshake-result.js';
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
 * How paths are verified.
 *
 * @public
 */
export interface VerifyPathsOptions {
  /** Moment to judge at, seconds since 1970. */
  readonly at: UnixTime;
  /** The release that the hosts run. Default: the manifest's or the image's, otherwise the newest that knows all of their settings. */
  readonly etcdVersion?: EtcdVersion;
  /** Folder of a bundle that the hosts are held against: what differs from it is told. */
  readonly against?: string;
  /** Seconds: a certificate that ends within them is a warning. Default: 30 days. */
  readonly within?: number;
  /** Whether members and clients shake hands as well, each with each. */
  readonly handshakes?: boolean;
}

/**
 * What `verify` says of paths, with what was read there.
 *
 * @public
 */
export interface PathsVerification extends Verification {
  /** Absent where they were not asked for. */
  readonly handshakes?: readonly HandshakeResult[];
}

/**
 * Reads bundles, tarballs and extracted host roots, and verifies them as one cluster. Nothing is written, and no link is followed out of
 * a root.
 *
 * @param paths - absolute, or relative to the working folder of the process
 * @throws EtcdBundleError `invalid-bundle` where there is nothing at a path, or no bundle to hold hosts against, `system` where something cannot be read
 * @example
 * ```ts
 * const { findings, summary } = await verifyPaths(['bundle'], { at: now });
 * summary.errors; // => 0
 * for (const { path, message, cure } of findings) console.warn(`${path}: ${message} ${cure}`);
 * ```
 * @public
 */
export async function verifyPaths(
  paths: readonly string[],
  options: VerifyPathsOptions,
): Promise<PathsVerification> {
  const against = options.against === undefined ? undefined : (await readBundle(options.against)).manifest;
  const read: VerifyInput[] = [];
  const budget = tarballBudget();
  for (const path of paths) read.push(await readInput(path, budget));
  const inputs = layGenerations(read);
  const [manifest] = inputs.flatMap((input) => input.manifest ?? []);
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
  const verification = judgeCluster(view);
  if (options.handshakes !== true) return verification;
  const { handshakeMatrix } = await import('./handshake/matrix.js');
  const matrices = await Promise.all(clustersOf(view).map(handshakeMatrix));
  return {
    ...withFindings(
      matrices.flatMap(({ findings }) => findings),
      verification,
    ),
    handshakes: matrices.flatMap(({ results }) => results),
  };
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

function withFindings(found: readonly Finding[], { findings, summary }: Verification): Verification {
  if (found.length === 0) return { findings, summary };
  const all = [...found, ...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const count = (level: Finding['level']): number => all.filter((finding) => finding.level === level).length;
  return {
    findings: all,
    summary: { ...summary, errors: count('error'), warnings: count('warning'), notices: count('notice') },
  };
}
