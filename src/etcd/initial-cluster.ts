import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { endpointUrl } from '../net/endpoint.js';

/** All members of a cluster have the same, and to write it anew for each would take the square of their number. */
const VALUES = new WeakMap<readonly MemberSpec[], string>();

/**
 * The value of initial-cluster: `e1=https://10.0.0.1:2380,e2=https://10.0.0.2:2380`. A member with several peer URLs is named once
 * for each. There are no spaces: etcd would take them as part of the name.
 *
 * @internal
 */
export function planInitialCluster({ members }: Pick<ClusterSpec, 'members'>): string {
  const known = VALUES.get(members) ?? writeInitialCluster(members);
  VALUES.set(members, known);
  return known;
}

function writeInitialCluster(members: readonly MemberSpec[]): string {
  return members
    .flatMap(({ name, initialAdvertisePeerUrls }) =>
      initialAdvertisePeerUrls.map((url) => `${name}=${endpointUrl(url)}`),
    )
    .join(',');
}
