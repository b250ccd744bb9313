import type { CryptoProvider } from '../../crypto/provider.js';
import type { Issue } from '../../errors.js';
import type { HostRoot, RootFile, RootIndex } from '../../host/host-root.js';
import { isNamedAsCertificate } from '../../host/root-gap.js';
import { normalizePath } from '../../text/path.js';
import type { ClusterView } from '../cluster-view.js';
import { pairUses } from '../dials/pair-uses.js';
import { viewCluster } from '../view-cluster.js';
import type { ExpiryOptions, ExpiryReport, Sighting } from './ending.js';
import { judgeEndings } from './judge-endings.js';
import { readFileEndings } from './read-file.js';
import { sightingsIn, unreadableCertificate, unseenCertificate } from './sightings.js';

/**
 * What of the outside world is needed to say what ends on hosts.
 *
 * @public
 */
export interface HostExpiryOptions extends ExpiryOptions {
  /** Takes digests, and reads what verifying reads; it signs nothing. */
  readonly crypto: Pick<CryptoProvider, 'verify' | 'publicKeyOf' | 'digest'>;
}

/**
 * What was seen on hosts, and what of it could not be read.
 *
 * @internal
 */
export interface HostSightings {
  readonly sightings: readonly Sighting[];
  readonly issues: readonly Issue[];
}

/** The authorities of the web, as distributions keep them (update-ca-trust(8)). */
const PUBLIC_LISTS = /^\/etc\/pki\/(?:ca-trust\/extracted\/|tls\/certs\/ca-bundle)/;
/** Roles of a bundle's certificates by the setting that names them. */
const ROLES: Readonly<Record<string, string>> = {
  'cert-file': 'server',
  'client-cert-file': 'server-client',
  'peer-cert-file': 'peer',
  'peer-client-cert-file': 'peer-client',
};

/**
 * What ends when on hosts: every certificate and revocation list in their files, kubeconfigs included, the first to end first. Files that
 * cannot be read are passed over; `expiryOfPaths` of `etcd-bundle/node` tells of them.
 *
 * @param roots - what each host has
 * @example
 * ```ts
 * const bytes = new TextEncoder().encode(pki.leaves[0]?.certificate);
 * const root = { name: 'e1', files: [{ path: 'etc/etcd/pki/server.crt', bytes }] };
 * const { endings } = await expiryOfHosts([root], { crypto: webCryptoProvider(globalThis.crypto), at: now });
 * endings[0]?.daysLeft; // => 365
 * ```
 * @public
 */
export async function expiryOfHosts(
  roots: readonly HostRoot[],
  options: HostExpiryOptions,
): Promise<ExpiryReport> {
  return judgeEndings((await sightHosts(roots, options)).sightings, options);
}

/** @internal */
export async function sightHosts(
  roots: readonly HostRoot[],
  { crypto, at }: Pick<HostExpiryOptions, 'crypto' | 'at'>,
): Promise<HostSightings> {
  const view = await viewCluster(roots, { crypto, at });
  const used = usedFiles(view);
  const sightings: Sighting[] = [];
  const issues: Issue[] = [];
  for (const root of view.roots) {
    const ofRoot = used.get(root) ?? new Map<string, UsedFile>();
    const { isHost } = root;
    for (const [path, file] of filesOf(root, ofRoot)) {
      if (isHost && PUBLIC_LISTS.test(path) && !ofRoot.has(path)) continue;
      const found = await readFileEndings(file.bytes, crypto.digest);
      for (const sighting of sightingsIn(found, { host: root.name, path }, ofRoot.get(path)?.roles ?? []))
        sightings.push(sighting);
      // Of a whole host, what a manual shows as an example is not looked at.
      if (!isHost || ofRoot.has(path) || isNamedAsCertificate(path))
        for (const message of found.faults)
          issues.push(unreadableCertificate(`${root.name}:${path}`, message));
    }
  }
  for (const { root, path, why } of unreadUses(view))
    issues.push(
      unseenCertificate(`${root.name}:${path}`, `It ${why}, and settings of etcd or of its clients name it.`),
    );
  return { sightings, issues };
}

interface UnreadUse {
  readonly root: RootIndex;
  readonly path: string;
  /** A clause. */
  readonly why: string;
}

/** What settings name and nobody could look at, each once. */
function unreadUses(view: ClusterView): readonly UnreadUse[] {
  const uses = new Map<string, UnreadUse>();
  const add = (root: RootIndex, path: string, why: string | undefined): void => {
    if (why !== undefined) uses.set(`${root.name}:${path}`, { root, path, why });
  };
  for (const { root, pair } of pairUses(view)) add(root, pair.certificate.path, pair.certificate.unread);
  for (const { root, client, peer } of view.members)
    for (const { trust, crl } of [client, peer]) {
      if (trust !== undefined) add(root, trust.file.path, trust.file.unread);
      if (crl !== undefined && root.find(crl) === undefined) add(root, crl, root.unread(crl));
    }
  for (const { root, trust } of view.clients)
    if (trust !== undefined) add(root, trust.file.path, trust.file.unread);
  return [...uses.values()];
}

interface UsedFile {
  readonly file: RootFile;
  readonly roles: string[];
}

/** What settings of etcd and of its clients name, by the place where it really lies. */
function usedFiles(view: ClusterView): ReadonlyMap<RootIndex, Map<string, UsedFile>> {
  const used = new Map<RootIndex, Map<string, UsedFile>>(view.roots.map((root) => [root, new Map()]));
  const add = (root: RootIndex, file: RootFile | undefined, role?: string): void => {
    if (file === undefined) return;
    const path = placeOf(file);
    const entry = used.get(root)?.get(path) ?? { file, roles: [] };
    used.get(root)?.set(path, entry);
    if (role !== undefined && !entry.roles.includes(role)) entry.roles.push(role);
  };
  for (const { root, pair, setting } of pairUses(view))
    add(root, pair.certificate.file, ROLES[setting] ?? 'client');
  for (const { root, client, peer } of view.members)
    for (const { trust, crl } of [client, peer]) {
      add(root, trust?.file.file);
      if (crl !== undefined) add(root, root.find(crl));
    }
  for (const { root, trust } of view.clients) add(root, trust?.file.file);
  return used;
}

function filesOf(root: RootIndex, used: ReadonlyMap<string, UsedFile>): ReadonlyMap<string, RootFile> {
  const files = new Map<string, RootFile>();
  for (const file of root.files.values()) {
    // A link and the file that it leads to are one file.
    const place = placeOf(file);
    if (!files.has(place)) files.set(place, file);
  }
  for (const [path, { file }] of used) if (!files.has(path)) files.set(path, file);
  return files;
}

function placeOf({ path, linkTo }: RootFile): string {
  return normalizePath(linkTo ?? path);
}
