import type { ClusterSpec } from '../../cluster-spec.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

/** Settings that name a CRL, which etcd reads at every handshake (etcd `client/pkg/transport/listener_tls.go`, checkCRL). */
const SETTINGS: readonly string[] = ['client-crl-file', 'peer-crl-file'];

/**
 * Refuses a CRL of the cluster's settings: the bundle has none, and without the file etcd refuses everyone.
 *
 * @internal
 */
export function checkRevocationLists({ etcd }: ClusterSpec, issues: IssueList): void {
  for (const { name, value } of etcd.settings) {
    if (!SETTINGS.includes(name) || value === '') continue;
    issues.add(
      'crl-not-in-bundle',
      `etcd.settings.${name}`,
      `The bundle has no ${quoteValue(value)}, and without it etcd refuses every client and peer that it would check.`,
      'Leave it out, and set it in a drop-in of the unit once the list is on the host.',
    );
  }
}
