import { basename } from 'node:path';
import { inspectManifest } from '../bundle/manifest/inspect.js';
import type { Manifest } from '../bundle/manifest/manifest.js';
import type { Issue } from '../errors.js';
import type { HostRoot } from '../host/host-root.js';
import { isNamedAsCertificate, type RootGap } from '../host/root-gap.js';
import type { ExpiryOptions, ExpiryReport, Sighting } from '../verify/expiry/ending.js';
import { sightHosts } from '../verify/expiry/hosts.js';
import { judgeEndings } from '../verify/expiry/judge-endings.js';
import { sightManifest } from '../verify/expiry/manifest.js';
import { readFileEndings } from '../verify/expiry/read-file.js';
import { sightingsIn, unreadableCertificate, unseenCertificate } from '../verify/expiry/sightings.js';
import type { Finding } from '../verify/finding.js';
import { nodeCryptoProvider } from './crypto/node-crypto.js';
import { kindOf } from './inspect/file-kind.js';
import { findManifest, manifestIssues, usableManifest } from './read/bundle.js';
import { distinctNames } from './read/distinct-names.js';
import { readHostFolder } from './read/host-folder.js';
import { readHostTarball, type TarballBudget, tarballBudget } from './read/host-tarball.js';
import { isFolder } from './read/path-kind.js';
import { readSeen } from './read/read-bytes.js';
import { rootName } from './read/tarball-name.js';

/**
 * What ends when at some paths, and what could not be read there.
 *
 * @public
 */
export interface PathsExpiry extends ExpiryReport {
  /** What is damaged, cannot be read though a certificate may be there, or holds nothing that ends. */
  readonly issues: readonly Issue[];
  /** Other places of hosts that nobody could look at. */
  readonly gaps: readonly ExpiryGap[];
}

/**
 * A place of a host that was not looked at.
 *
 * @public
 */
export interface ExpiryGap {
  /** The host. */
  readonly host: string;
  /** Absolute on the host. */
  readonly path: string;
  /** A clause, such as `cannot be read (EACCES)`. */
  readonly why: string;
}

/**
 * Where to look for what ends: a path, absolute or relative to the working folder of the process, or a file that was read already.
 *
 * @public
 */
export type ExpirySource = string | ReadFile;

/**
 * A file that was read already.
 *
 * @public
 */
export interface ReadFile {
  /** What it is called. */
  readonly name: string;
  /** The whole contents. */
  readonly bytes: Uint8Array;
}

/** What is at one source. */
interface Found {
  /** Of the source, for people. */
  readonly name: string;
  readonly root?: HostRoot;
  readonly sightings: readonly Sighting[];
  readonly issues: readonly Issue[];
  /** What it is instead, where nothing in it ends: a sentence. */
  readonly otherwise: string;
}

const NOTHING = 'It holds neither a certificate nor a revocation list.';
const OPENING_BRACE = 0x7b;

/**
 * Says what ends when: of a bundle all that its hosts have, from `bundle.json` alone; of tarballs, folders and host roots what lies in
 * them; of a file its certificates or its revocation list. Nothing is written, and no link is followed out of a root.
 *
 * @throws EtcdBundleError `invalid-bundle` where there is nothing at a path, `system` where it cannot be read
 * @example
 * ```ts
 * const { endings } = await expiryOfPaths(['bundle'], { at: now, within: 30 * 86_400 });
 * for (const { state, holders } of endings) console.log(state, holders);
 * ```
 * @public
 */
export async function expiryOfPaths(
  sources: readonly ExpirySource[],
  options: ExpiryOptions,
): Promise<PathsExpiry> {
  const crypto = nodeCryptoProvider();
  const budget = tarballBudget();
  const found: Found[] = [];
  for (const source of sources)
    found.push(
      typeof source === 'string' ? await readPath(source, budget) : await readSource(source, budget),
    );
  const roots = distinctNames(found.flatMap(({ root }) => root ?? []));
  const hosts = await sightHosts(roots, { crypto, at: options.at });
  const issues = [...found.flatMap((one) => one.issues), ...hosts.issues];
  let index = 0;
  for (const { root, name, sightings, issues: own, otherwise } of found) {
    const host = root === undefined ? undefined : roots[index++]?.name;
    const isEmpty =
      host === undefined
        ? sightings.length === 0
        : !hosts.sightings.some(({ holder }) => holder.host === host) &&
          !hosts.issues.some(({ path }) => path.startsWith(`${host}:`));
    if (isEmpty && own.length === 0) issues.push(noCertificate(name, otherwise));
  }
  const told = new Set(issues.map(({ path }) => path));
  for (const { name, gaps = [] } of roots)
    for (const { path, why } of gaps.filter(mayHideAnEnd)) {
      const place = `${name}:/${path}`;
      if (!told.has(place)) issues.push(unseenCertificate(place, `It ${why}, and was not looked at.`));
    }
  return {
    ...judgeEndings([...found.flatMap(({ sightings }) => sightings), ...hosts.sightings], options),
    issues,
    gaps: roots.flatMap(gapsOf),
  };
}

async function readPath(path: string, budget: TarballBudget): Promise<Found> {
  if (!(await isFolder(path))) {
    const bytes = await readSeen(path);
    return typeof bytes === 'string' ? unread(path, bytes) : readSource({ name: path, bytes }, budget);
  }
  const found = await findManifest(path);
  if (found.type !== 'absent') return foundInManifest(path, usableManifest(found, path).manifest);
  return { name: path, root: await readHostFolder(path), sightings: [], issues: [], otherwise: NOTHING };
}

async function readSource({ name, bytes }: ReadFile, budget: TarballBudget): Promise<Found> {
  if (kindOf(bytes) === 'tarball') {
    const { root, isComplete, findings } = await readHostTarball(
      bytes,
      rootName(basename(name)),
      name,
      budget,
    );
    const issues = findings.filter(({ level }) => level === 'error').map(findingIssue);
    const found = { name, sightings: [], issues, otherwise: NOTHING };
    return isComplete ? { ...found, root } : found;
  }
  if (bytes[0] === OPENING_BRACE) {
    const inspected = inspectManifest(new TextDecoder().decode(bytes));
    if (inspected.type === 'manifest') return foundInManifest(name, inspected.manifest);
    if (inspected.type === 'faulty')
      return { name, sightings: [], issues: manifestIssues(name, inspected.faults), otherwise: '' };
  }
  const { certificates, lists, faults, otherwise } = await readFileEndings(
    bytes,
    nodeCryptoProvider().digest,
  );
  return {
    name,
    sightings: sightingsIn({ certificates, lists }, { path: name }, []),
    issues: faults.map((message) => unreadableCertificate(name, message)),
    otherwise: otherwise === undefined ? NOTHING : `It ${otherwise}.`,
  };
}

async function foundInManifest(name: string, manifest: Manifest): Promise<Found> {
  const sightings = await sightManifest(manifest, nodeCryptoProvider());
  return { name, sightings, issues: [], otherwise: 'Its cluster has no certificates.' };
}

function unread(path: string, message: string): Found {
  const issue: Issue = { code: 'unreadable-file', path, message, cure: 'Name a file or a folder.' };
  return { name: path, sightings: [], issues: [issue], otherwise: '' };
}

function gapsOf({ name, gaps = [] }: HostRoot): readonly ExpiryGap[] {
  return gaps
    .filter((gap) => !mayHideAnEnd(gap))
    .map(({ path, why }) => ({ host: name, path: `/${path}`, why }));
}

/** Of what an ordinary user may not read, most is of no concern to anybody here. */
function mayHideAnEnd({ path, kind }: RootGap): boolean {
  return kind === 'limit' || kind === 'irregular' || isNamedAsCertificate(path);
}

function findingIssue({ path, message, cure }: Finding): Issue {
  return { code: 'damaged-tarball', path, message, cure };
}

function noCertificate(path: string, message: string): Issue {
  const cure = 'Name a bundle, a tarball, the root of a host, a certificate or a revocation list.';
  return { code: 'no-certificate', path, message, cure };
}
