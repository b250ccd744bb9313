import type { ClusterSpec } from '../cluster-spec.js';
import { endpointUrl } from '../net/endpoint.js';

/**
 * The value of initial-cluster: `e1=https://10.0.0.1:2380,e2=https://10.0.0.2:2380`. A member with several peer URLs is named once
 * for each. There are no spaces: etcd would take them as part of the name.
 *
 * @internal
 */
export function planInitialCluster(spec: Pick<ClusterSpec, 'members'>): string {
  return spec.members
    .flatMap(({ name, initialAdvertisePeerUrls }) =>
      initialAdvertisePeerUrls.map((url) => `${name}=${endpointUrl(url)}`),
    )
    .join(',');
}
