import type { Manifest } from '../bundle/manifest/manifest.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { planCertificates } from '../pki/plan.js';
import { inHostOrder } from './membership.js';

/**
 * The state that a manifest tells of.
 *
 * @param sha256 - of its bytes
 * @param spec - what its document means, with the members in the order of the document
 * @throws EtcdBundleError as planCertificates does
 * @internal
 */
export function bundleState(manifest: Manifest, sha256: string, spec: ClusterSpec): BundleState {
  const ordered = inHostOrder(spec, manifest.hosts);
  return { manifest, sha256, spec: ordered, plans: planCertificates(ordered) };
}
