import type { UnixTime } from '../x509/time.js';
import type { AuthorityPlan, LeafPlan } from './certificate-plan.js';
import type { RevocationList } from './revocation-list.js';
import type { TokenKeys } from './token-keys.js';
import type { TrustedAuthority } from './trusted-authority.js';

/**
 * Keys and certificates of one cluster, and what else was drawn for it.
 *
 * @public
 */
export interface Pki {
  /** initial-cluster-token: the document's, or the one drawn. */
  readonly token: string;
  /** In the order of the plans. */
  readonly authorities: readonly IssuedAuthority[];
  /** In the order of the plans. */
  readonly leaves: readonly IssuedLeaf[];
  /** Further CAs whose clients members let in; absent where there are none. */
  readonly trust?: readonly TrustedAuthority[];
  /** Absent where tokens are not signed. */
  readonly tokenKeys?: TokenKeys;
}

/**
 * A CA with the plan that it was made by.
 *
 * @public
 */
export interface IssuedAuthority extends IssuedPair {
  /** Of a CA that was given: with the names, usages and key of its own certificate. */
  readonly plan: AuthorityPlan;
  /** Whether it was made here or supplied by the operator. */
  readonly origin: 'issued' | 'given';
  /** What it has revoked; absent where members look into no list, and where an update leaves the list as it is. */
  readonly revocationList?: RevocationList;
  /** PEM: what is sent behind its leaves, itself first; absent where it is a root. */
  readonly chain?: string;
}

/**
 * A leaf with the plan that it was made by.
 *
 * @public
 */
export interface IssuedLeaf extends IssuedPair {
  /** Who it is for, and where its files go. */
  readonly plan: LeafPlan;
}

/**
 * A certificate and its private key, as PEM.
 *
 * @public
 */
export interface IssuedPair {
  /** PEM: its own certificate, behind which a leaf has the chain of its authority. */
  readonly certificate: string;
  /** The first certificate, DER. */
  readonly certificateDer: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** PEM, `EC PRIVATE KEY` or `RSA PRIVATE KEY`. */
  readonly privateKey: string;
  /** For people: `CN=e1,O=etcd` (RFC 4514). */
  readonly subject: string;
  /** RFC 4514 text: `CN=etcd-ca`. */
  readonly issuer: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** The certificate's first second. */
  readonly notBefore: UnixTime;
  /** The certificate's last second. */
  readonly notAfter: UnixTime;
}

/**
 * The pairs that a member holds, those it shares with others included.
 *
 * @internal
 */
export function leavesOf<Leaf extends Pick<IssuedLeaf, 'plan'>>(
  memberName: string,
  { leaves }: { readonly leaves: readonly Leaf[] },
): readonly Leaf[] {
  return leaves.filter(
    ({ plan: { holder } }) => holder.type === 'members' && holder.names.includes(memberName),
  );
}
