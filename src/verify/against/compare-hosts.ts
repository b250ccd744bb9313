import type { Manifest, ManifestFile, ManifestHost } from '../../bundle/manifest/manifest.js';
import type { CryptoProvider } from '../../crypto/provider.js';
import type { RootFile, RootIndex } from '../../host/host-root.js';
import type { MemberView } from '../../host/member-view.js';
import { hexadecimal } from '../../text/hexadecimal.js';

/**
 * A host beside what a bundle says that it has.
 *
 * @internal
 */
export interface HostComparison {
  readonly root: RootIndex;
  readonly manifest: Manifest;
  /** Whose files belong here: a member's, and those of the operator or a client where they are here too. Empty where nobody can tell. */
  readonly hosts: readonly ManifestHost[];
  /** All that these hosts have to have. */
  readonly files: readonly ComparedFile[];
  /** What is another host's alone. */
  readonly foreign: readonly ForeignFile[];
}

/** @internal */
export interface ComparedFile {
  readonly host: ManifestHost;
  readonly expected: ManifestFile;
  readonly found: FoundFile;
}

/** @internal */
export type FoundFile =
  | { readonly type: 'same' | 'other'; readonly file: RootFile }
  /** Another host's, which is told of as such. */
  | { readonly type: 'foreign' }
  | { readonly type: 'missing' }
  /** It is there or not: a clause. */
  | { readonly type: 'unread'; readonly why: string }
  /** There, and too large to be looked into. */
  | { readonly type: 'large' };

/** @internal */
export interface ForeignFile {
  readonly path: string;
  /** The host that it belongs to. */
  readonly owner: string;
  readonly kind: ManifestFile['kind'];
}

/**
 * Holds hosts against the manifest of their bundle. A host is the one that its root is named after, otherwise the member that its etcd is
 * named, otherwise the member of whom it has files that no other has.
 *
 * @internal
 */
export async function compareHosts(
  roots: readonly RootIndex[],
  members: readonly MemberView[],
  manifest: Manifest,
  digest: CryptoProvider['digest'],
): Promise<readonly HostComparison[]> {
  const owners = ownersOf(manifest.hosts);
  return Promise.all(
    roots.map(async (root) => {
      const contents = await contentsOf(root, owners, digest);
      const counts = new Map<string, number>();
      for (const { file } of contents.values())
        if (file !== undefined && file.only !== undefined)
          counts.set(file.only, (counts.get(file.only) ?? 0) + 1);
      const names = members.filter((member) => member.root === root).map(({ name }) => name);
      const hosts = chooseHosts(manifest.hosts, root.name, names, counts);
      const own = new Set(hosts.map(({ name }) => name));
      const foreign = [...contents].flatMap(([path, { file }]) =>
        file?.only === undefined || own.has(file.only) ? [] : [{ path, owner: file.only, kind: file.kind }],
      );
      const foreignPaths = new Set(foreign.map(({ path }) => path));
      const files = hosts.flatMap((host) =>
        host.files
          .filter(({ path, sha256 }) => !isOverlaid(contents.get(path), sha256, own))
          .map((expected) => ({
            host,
            expected,
            found: foundFile(root, expected, contents.get(expected.path), foreignPaths),
          })),
      );
      return { root, manifest, hosts, files, foreign };
    }),
  );
}

/** Hosts by path and digest of what they have. */
type Owners = ReadonlyMap<string, ReadonlyMap<string, PathOwners>>;

interface PathOwners {
  readonly names: readonly string[];
  readonly kind: ManifestFile['kind'];
}

interface Content {
  readonly sha256: string;
  /** Absent where it was read from a tarball, and was too large to be kept. */
  readonly bytes: RootFile | undefined;
  /** What the manifest knows of it. */
  readonly file:
    | {
        readonly only: string | undefined;
        readonly names: readonly string[];
        readonly kind: ManifestFile['kind'];
      }
    | undefined;
}

function ownersOf(hosts: readonly ManifestHost[]): Owners {
  const owners = new Map<
    string,
    Map<string, { readonly names: string[]; readonly kind: ManifestFile['kind'] }>
  >();
  for (const { name, files } of hosts)
    for (const { path, sha256, kind } of files) {
      const ofPath =
        owners.get(path) ?? new Map<string, { readonly names: string[]; readonly kind: typeof kind }>();
      owners.set(path, ofPath);
      const known = ofPath.get(sha256);
      if (known === undefined) ofPath.set(sha256, { names: [name], kind });
      else known.names.push(name);
    }
  return owners;
}

/** What lies on a host where the manifest has a file of any host. */
async function contentsOf(
  root: RootIndex,
  owners: Owners,
  digest: CryptoProvider['digest'],
): Promise<ReadonlyMap<string, Content>> {
  const contents = new Map<string, Content>();
  for (const [path, byDigest] of owners) {
    const bytes = root.find(path);
    const sha256 =
      bytes === undefined ? root.largeFiles.get(path) : hexadecimal(await digest('SHA-256', bytes.bytes));
    if (sha256 === undefined) continue;
    const known = byDigest.get(sha256);
    const [first, ...others] = known?.names ?? [];
    const file =
      known === undefined ? undefined : { only: others.length === 0 ? first : undefined, ...known };
    contents.set(path, { sha256, bytes, file });
  }
  return contents;
}

function chooseHosts(
  hosts: readonly ManifestHost[],
  rootName: string,
  etcdNames: readonly string[],
  counts: ReadonlyMap<string, number>,
): readonly ManifestHost[] {
  const members = hosts.filter(({ kind }) => kind === 'member');
  const count = ({ name }: ManifestHost): number => counts.get(name) ?? 0;
  const [most] = members.filter((host) => count(host) > 0).sort((a, b) => count(b) - count(a));
  const member =
    members.find(({ name }) => name === rootName) ??
    members.find(({ name }) => etcdNames.includes(name)) ??
    most;
  return hosts.filter(
    (host) => host === member || (host.kind !== 'member' && (host.name === rootName || count(host) > 0)),
  );
}

/** A machine may be two hosts of the bundle, a member and the control plane, who have other pairs in one place: it has one of them. */
function isOverlaid(content: Content | undefined, sha256: string, own: ReadonlySet<string>): boolean {
  return content?.file?.names.some((name) => own.has(name)) === true && content.sha256 !== sha256;
}

function foundFile(
  root: RootIndex,
  { path, sha256 }: ManifestFile,
  content: Content | undefined,
  foreign: ReadonlySet<string>,
): FoundFile {
  if (foreign.has(path)) return { type: 'foreign' };
  if (content === undefined) {
    const why = root.unread(path);
    const entry = root.entry(path);
    if (entry.type === 'file') return { type: 'large' };
    return why === undefined ? { type: 'missing' } : { type: 'unread', why };
  }
  const file = content.bytes ?? { path, bytes: new Uint8Array() };
  return { type: content.sha256 === sha256 ? 'same' : 'other', file };
}
