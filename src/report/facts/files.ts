import type { ManifestHost } from '../../bundle/manifest/manifest.js';
import type { CryptoProvider } from '../../crypto/provider.js';
import type { RootIndex } from '../../host/host-root.js';
import { readFiles } from '../../host/used-paths.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import { normalizePath } from '../../text/path.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import { accessOf } from './access.js';
import { pemFilesOf } from './certificates.js';
import type { FileFacts, HostFacts } from './facts.js';

/**
 * The files of each host: of a bundle's those that it lists, of a whole host those that etcd and its clients are started with, of
 * anything smaller all.
 *
 * @internal
 */
export async function hostFacts(
  view: ClusterView,
  { digest }: Pick<CryptoProvider, 'digest'>,
): Promise<readonly HostFacts[]> {
  const listed = new Map(view.manifest?.hosts.map((host) => [host.name, host]));
  const used = usedPaths(view);
  const facts: HostFacts[] = [];
  for (const root of view.roots) {
    const host = listed.get(root.name);
    if (host === undefined) {
      const files = await foundFiles(root, used.get(root) ?? new Map(), digest);
      facts.push({ name: root.name, isPart: root.isHost, files });
    } else facts.push(listedHost(host));
  }
  return facts;
}

function listedHost({ name, tarball, files }: ManifestHost): HostFacts {
  return {
    name,
    isPart: false,
    ...(tarball === undefined ? {} : { tarball }),
    files: files.map(({ path, mode, owner, kind, sha256 }) => ({ path, mode, owner, kind, sha256 })),
  };
}

async function foundFiles(
  root: RootIndex,
  used: ReadonlyMap<string, string>,
  digest: CryptoProvider['digest'],
): Promise<readonly FileFacts[]> {
  const paths = root.isHost ? used.keys() : new Set([...root.files.keys(), ...root.largeFiles.keys()]);
  const facts: FileFacts[] = [];
  for (const path of paths) {
    const file = root.files.get(path) ?? root.find(path);
    const large = root.largeFiles.get(path);
    if (file === undefined && large === undefined) continue;
    facts.push({
      path,
      ...accessOf(file),
      kind: used.get(path) ?? '',
      sha256: large ?? (file === undefined ? '' : hexadecimal(await digest('SHA-256', file.bytes))),
    });
  }
  return facts;
}

/** What etcd and its clients are started with, each path with its kind. */
function usedPaths(view: ClusterView): ReadonlyMap<RootIndex, ReadonlyMap<string, string>> {
  const used = new Map<RootIndex, Map<string, string>>(view.roots.map((root) => [root, new Map()]));
  const add = (root: RootIndex, path: string, kind: string): void => {
    const paths = used.get(root);
    if (path !== '' && paths?.has(normalizePath(path)) === false) paths.set(normalizePath(path), kind);
  };
  for (const { root, service, settings } of view.members) {
    add(root, service.path, 'started by');
    for (const { path } of settings.entries.values()) add(root, path, 'settings');
  }
  for (const { root, path, kind } of view.clients) if (kind !== 'certificate') add(root, path, 'client');
  for (const { root, file } of pemFilesOf(view))
    add(root, file.path, file.key === undefined ? 'certificate' : 'private-key');
  for (const member of view.members)
    for (const { host, setting } of readFiles(member)) add(member.root, host, setting);
  return used;
}
