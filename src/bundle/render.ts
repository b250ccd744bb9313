import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { withOwnFolders } from '../etcd/own-folders.js';
import type { Holder } from '../pki/certificate-plan.js';
import type { Pki } from '../pki/pki.js';
import { memberFiles as certificateFilesOf } from '../pki/plan.js';
import { memberCertificateFiles } from './certificate-files.js';
import { etcdctlFiles } from './client-files.js';
import type { FilePlan, HostBundle } from './file-plan.js';
import { controlPlaneFiles, kubernetesMemberFiles } from './kubernetes-files.js';
import { hostNamesOf, type ManifestBootstrap } from './manifest/manifest.js';
import { memberSettings, serviceFiles } from './service-files.js';
import { planTokenKeyFiles } from './token-key-files.js';

/**
 * A machine that gets a tarball.
 *
 * @internal
 */
export interface HostPlan {
  readonly kind: HostBundle['kind'];
  readonly name: string;
  /** @param pki - with the leaves that the host holds; others may be missing */
  readonly render: (pki: Pki) => readonly FilePlan[];
}

const NONE: ReadonlyMap<string, ManifestBootstrap> = new Map();

/**
 * Renders what each machine gets: every member, the control plane where there is one, the operator, further clients. One at a
 * time, so that a large cluster need not be held in memory.
 *
 * @example
 * ```ts
 * for (const { name, files } of renderBundles(spec, pki)) console.log(name, files.length);
 * ```
 * @public
 */
export function* renderBundles(spec: ClusterSpec, pki: Pki): Generator<HostBundle, void, undefined> {
  const pkiOf = pkiByHost(pki);
  for (const host of planHosts(spec)) yield renderHost(host, pkiOf(host.name));
}

/**
 * Every machine, in the order in which their certificates are planned.
 *
 * @param bootstraps - of members that were first started with something else than the document says, by their names
 * @internal
 */
export function planHosts(
  spec: ClusterSpec,
  bootstraps: ReadonlyMap<string, ManifestBootstrap> = NONE,
): readonly HostPlan[] {
  const { kubernetes } = spec;
  const { directory } = spec.cluster;
  const filesOf = certificateFilesOf(spec);
  const etcdctl = (kind: 'admin' | 'client', name: string, directory: string): HostPlan => ({
    kind,
    name,
    render: (pki) => etcdctlFiles(spec, pki, directory, pki.leaves[0]),
  });
  return [
    ...spec.members.map(
      (member): HostPlan => ({
        kind: 'member',
        name: member.name,
        render: (pki) => memberFiles(spec, member, pki, filesOf(member), bootstraps.get(member.name)),
      }),
    ),
    ...(kubernetes === undefined
      ? []
      : [
          {
            kind: 'control-plane',
            name: 'control-plane',
            render: (pki: Pki) => controlPlaneFiles(spec, kubernetes, pki),
          } as const,
        ]),
    etcdctl('admin', 'admin', `${directory}/admin`),
    ...spec.clients.map(({ name }) => etcdctl('client', `client-${name}`, `${directory}/clients/${name}`)),
  ];
}

/** @internal */
export function renderHost({ kind, name, render }: HostPlan, pki: Pki): HostBundle {
  return { kind, name, files: [...render(pki)].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/**
 * Gives each host the PKI with the leaves that it holds.
 *
 * @internal
 */
export function pkiByHost(pki: Pki): (host: string) => Pki {
  const leaves = leavesByHost(pki.leaves, ({ plan }) => plan.holder);
  return (host) => ({ ...pki, leaves: leaves.get(host) ?? [] });
}

/**
 * What stands for leaves, by the names of the hosts that hold them, in the order given.
 *
 * @internal
 */
export function leavesByHost<Leaf>(
  leaves: readonly Leaf[],
  holderOf: (leaf: Leaf) => Holder,
): ReadonlyMap<string, readonly Leaf[]> {
  const byHost = new Map<string, Leaf[]>();
  for (const leaf of leaves)
    for (const name of hostNamesOf(holderOf(leaf))) {
      const own = byHost.get(name) ?? [];
      byHost.set(name, own);
      own.push(leaf);
    }
  return byHost;
}

/** @param certificates - paths of those that the service reads */
function memberFiles(
  cluster: ClusterSpec,
  member: MemberSpec,
  pki: Pki,
  certificates: readonly string[],
  bootstrap: ManifestBootstrap | undefined,
): readonly FilePlan[] {
  const spec = withOwnFolders(cluster, member);
  const { kubernetes } = spec;
  const settings = memberSettings(spec, member, pki, bootstrap);
  return [
    ...memberCertificateFiles(member.name, pki, spec.systemd),
    ...planTokenKeyFiles(spec, pki),
    ...serviceFiles({ ...spec, etcd: { ...spec.etcd, settings } }, member, settings, pki, certificates),
    ...(kubernetes === undefined ? [] : kubernetesMemberFiles(spec, kubernetes, member, settings, pki)),
  ];
}
