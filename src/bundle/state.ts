import type { ClusterSpec } from '../cluster-spec.js';
import type { Authority } from '../pki/authority.js';
import type { AuthorityPlan, CertificatePlan } from '../pki/certificate-plan.js';
import type { Manifest } from './manifest/manifest.js';

/**
 * What is known of a cluster: a bundle as it was read. Every change after the first start begins with one and makes the next.
 *
 * @public
 */
export interface BundleState {
  /** Whole, whichever format was read: each text that is no secret, each certificate's key path and public key. */
  readonly manifest: Manifest;
  /** Of the bytes of `bundle.json`: SHA-256, hexadecimal. The manifest of the next generation names it as its `former`. */
  readonly sha256: string;
  /** What the manifest's document means, its members in the order of the manifest's hosts. */
  readonly spec: ClusterSpec;
  /** Every certificate that it asks for, as `planCertificates` plans it. */
  readonly plans: readonly CertificatePlan[];
}

/**
 * The authorities of a bundle with their keys, by their id: what `issuePki` takes as `authorities`.
 *
 * @public
 */
export type BundleAuthorities = Readonly<Partial<Record<AuthorityPlan['id'], Authority>>>;
