import { type FileKind, isSecret } from '../bundle/file-plan.js';
import type { DocumentDifference } from './document-difference.js';
import type { Refusal } from './refusal.js';
import { isInPlace, isSame, type RenderedHost } from './rendered-host.js';
import { hostList, memberPlaces } from './words.js';

/** Keys of the document, or parts of it, that a file of a kind hangs on; what others hang on is refused by itself. */
const KEYS: Readonly<Partial<Record<FileKind, readonly string[]>>> = {
  'token-key': ['etcd.settings.auth-token'],
  'token-public-key': ['etcd.settings.auth-token'],
  'etcd-config': ['etcd.config', 'etcd.configFile'],
  environment: ['etcd.config', 'etcd.configFile'],
  'kubeadm-config': ['kubernetes'],
  'kubelet-config': ['kubernetes'],
  'static-pod': ['etcd', 'members', 'certificates'],
  'revocation-list': ['certificates.revocation'],
};

/**
 * A file that takes more than another one in its place, on whichever hosts.
 *
 * @internal
 */
export interface FileFault extends HostFault {
  readonly hosts: ReadonlySet<string>;
}

interface HostFault {
  readonly kind: FileKind;
  /** On the host. */
  readonly path: string;
  /** What is said of it. */
  readonly what: string;
}

/**
 * What takes more than a file in its place: secrets that are on the hosts alone, files that would go, pods that the kubelet starts.
 *
 * @param options - whether the steps stop pods before theirs change
 * @internal
 */
export function fileFaults(
  hosts: readonly RenderedHost[],
  { mayChangePods }: { readonly mayChangePods: boolean },
): readonly FileFault[] {
  const found = new Map<string, HostFault & { readonly hosts: Set<string> }>();
  for (const host of hosts)
    for (const fault of faultsOn(host)) {
      if (mayChangePods && fault.kind === 'static-pod') continue;
      const key = JSON.stringify(fault);
      const known = found.get(key) ?? { ...fault, hosts: new Set<string>() };
      found.set(key, known);
      known.hosts.add(host.plan.name);
    }
  return [...found.values()];
}

/**
 * Such files as refusals, each of the key of the document that it hangs on.
 *
 * @internal
 */
export function fileRefusals(
  faults: readonly FileFault[],
  order: readonly RenderedHost[],
  difference: DocumentDifference,
): readonly Refusal[] {
  const places = memberPlaces(order.map(({ plan }) => plan));
  return faults.map(({ kind, path, what, hosts }) => ({
    path: keyOf(kind, difference),
    message: `${path} on ${hostList(hosts, places)} ${what}.`,
  }));
}

function faultsOn({ files, former }: RenderedHost): readonly HostFault[] {
  const faults: HostFault[] = [];
  for (const file of files) {
    const { kind, path } = file;
    if (kind === 'static-pod' && former !== undefined && !isSame(file))
      faults.push({ kind, path, what: 'would change, and an update does not restart pods' });
    if (!isSecret(kind) || kind === 'private-key' || isInPlace(file)) continue;
    faults.push({ kind, path, what: secretFault(former !== undefined, file.former !== undefined) });
  }
  const wanted = new Set(files.map(({ path }) => path));
  for (const { kind, path } of former?.files ?? [])
    if (kind !== 'binary' && !wanted.has(path))
      faults.push({ kind, path, what: 'would be left over: an update removes no file' });
  return faults;
}

function secretFault(isKnownHost: boolean, isThere: boolean): string {
  if (!isKnownHost) return 'would be missing: the key is on the members alone, and no bundle has it';
  return isThere
    ? 'is a key that no bundle has: an update changes neither its mode nor its owner'
    : 'would be a new key, which an update does not make';
}

/** The one that is other than before; empty where none of them is. */
function keyOf(kind: FileKind, { changed }: DocumentDifference): string {
  const keys = KEYS[kind] ?? [];
  const isBelow = (path: string): boolean =>
    keys.some((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
  return changed.find(isBelow) ?? '';
}
