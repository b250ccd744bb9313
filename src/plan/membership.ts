import type { ManifestBootstrap, ManifestHost } from '../bundle/manifest/manifest.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';

/**
 * Who joins a running cluster and who leaves it.
 *
 * @internal
 */
export interface Membership {
  /** One after the other. */
  readonly joining: readonly MemberSpec[];
  /** One after the other, once all have joined. */
  readonly leaving: readonly MemberSpec[];
  /** With what members were first started, or will be, where that is not what the document says. */
  readonly bootstraps: ReadonlyMap<string, ManifestBootstrap>;
}

/**
 * Members by their names; their order counts for nothing.
 *
 * @param after - in the order of the manifest's hosts
 * @internal
 */
export function planMembership(state: BundleState, after: ClusterSpec): Membership {
  const [was, is] = [state.spec, after].map(({ members }) => new Set(members.map(({ name }) => name)));
  const joining = after.members.filter(({ name }) => was?.has(name) !== true);
  return {
    joining,
    leaving: state.spec.members.filter(({ name }) => is?.has(name) !== true),
    bootstraps: bootstrapsOf(state, after, { present: state.spec.members, joining }),
  };
}

/**
 * Those that stay keep what they were started with, which etcd does not read again. One that joins has to name exactly the members that are
 * there when it starts, itself included (etcd `server/etcdserver/api/membership/cluster.go`, ValidateClusterAndAssignIDs).
 *
 * @param present - members that are there before the first one joins
 * @internal
 */
export function bootstrapsOf(
  { manifest, spec: before }: BundleState,
  after: ClusterSpec,
  { present, joining }: { readonly present: readonly MemberSpec[]; readonly joining: readonly MemberSpec[] },
): Membership['bootstraps'] {
  const bootstraps = new Map<string, ManifestBootstrap>();
  const initialCluster = planInitialCluster(before);
  if (before.cluster.discovery === undefined && planInitialCluster(after) !== initialCluster)
    for (const { name } of before.members) bootstraps.set(name, { initialCluster, state: before.etcd.state });
  for (const { name, bootstrap } of manifest.hosts)
    if (bootstrap !== undefined) bootstraps.set(name, bootstrap);
  const members = [...present];
  for (const member of joining) {
    members.push(member);
    bootstraps.set(member.name, {
      initialCluster: planInitialCluster({ members: [...members] }),
      state: 'existing',
    });
  }
  return bootstraps;
}

/**
 * A cluster with its members in the order of the manifest's hosts, new ones last: that of a document may change without anything else.
 *
 * @internal
 */
export function inHostOrder(spec: ClusterSpec, hosts: readonly Pick<ManifestHost, 'name'>[]): ClusterSpec {
  const places = new Map(hosts.map(({ name }, index) => [name, index]));
  const placeOf = ({ name }: MemberSpec): number => places.get(name) ?? hosts.length;
  const members = spec.members.toSorted((a, b) => placeOf(a) - placeOf(b));
  return members.every((member, index) => member === spec.members[index]) ? spec : { ...spec, members };
}
