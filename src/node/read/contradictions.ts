import { isSecret } from '../../bundle/file-plan.js';
import { hostNamesOf, type ManifestFile } from '../../bundle/manifest/manifest.js';
import type { BundleState } from '../../bundle/state.js';
import type { ClusterSpec } from '../../cluster-spec.js';
import { type Holder, leavesById } from '../../pki/certificate-plan.js';

/**
 * Where the parts of a manifest contradict each other, in words: its document says which pairs there are and which hosts have them. What
 * was written by hand, or put together of two bundles, is told by that.
 *
 * @internal
 */
export function contradictionsIn({ manifest, spec, plans }: BundleState): readonly string[] {
  const leaves = leavesById(plans);
  const planned = new Map([...leaves].map(([id, { holder }]) => [id, namesOf(holder)]));
  const described = manifest.certificates.map(({ id, holder }) => [id, namesOf(holder)] as const);
  const expectedHosts = new Set(
    [...planned.values()].flatMap((names) => names.split(' ')).concat(spec.members.map(({ name }) => name)),
  );
  const hosts = manifest.hosts.map(({ name }) => name);
  return [
    ...repeated(described.map(([id]) => id)).map((id) => `It describes the pair ${id} twice.`),
    ...repeated(hosts).map((name) => `It describes the host ${name} twice.`),
    ...described.flatMap(([id, names]) =>
      planned.get(id) === names ? [] : [`By its document ${names} would not have the pair ${id}.`],
    ),
    ...missing(
      planned.keys(),
      described.map(([id]) => id),
    ).map((id) => `It does not describe the pair ${id}.`),
    ...missing(hosts, [...expectedHosts, ...withoutPairs(spec)]).map(
      (name) => `Its document does not have the host ${name}.`,
    ),
    ...missing(expectedHosts, hosts).map((name) => `It does not describe the host ${name}.`),
    ...manifest.hosts.flatMap(({ name, files }) =>
      files.filter((file) => isOthersSecret(file, spec)).map((file) => othersSecret(name, file)),
    ),
  ];
}

/** A secret is root's, and where etcd is not root, its group may read it. */
function isOthersSecret({ kind, owner }: ManifestFile, { systemd }: ClusterSpec): boolean {
  return isSecret(kind) && owner !== 'root:root' && owner !== `root:${systemd.group}`;
}

function othersSecret(host: string, { path, owner }: ManifestFile): string {
  return `By its document ${JSON.stringify(path)} of the host ${host} would not belong to ${owner}.`;
}

/** Where there is no TLS, the operator has a tarball all the same. */
function withoutPairs({ clients }: ClusterSpec): readonly string[] {
  return ['admin', 'control-plane', ...clients.map(({ name }) => `client-${name}`)];
}

function namesOf(holder: Holder): string {
  return [...hostNamesOf(holder)].sort().join(' ');
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}

function missing(names: Iterable<string>, from: Iterable<string>): readonly string[] {
  const known = new Set(from);
  return [...new Set(names)].filter((name) => !known.has(name));
}
