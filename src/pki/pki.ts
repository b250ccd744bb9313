import type { UnixTime } from '../x509/time.js';
import type { AuthorityPlan, LeafPlan } from './certificate-plan.js';
import type { TokenKeys } from './token-keys.js';

/**
 * Keys and certificates of one cluster, and what else was drawn for it.
 *
 * @public
 */
export interface Pki {
  /** initial-cluster-token: the document's, or the one drawn. */
  readonly token: string;
  readonly authorities: readonly IssuedAuthority[];
  readonly leaves: readonly IssuedLeaf[];
  /** Absent where tokens are not signed. */
  readonly tokenKeys?: TokenKeys;
}

/** @public */
export interface IssuedAuthority extends IssuedPair {
  readonly plan: AuthorityPlan;
  /** Whether it was made here or supplied by the operator. */
  readonly origin: 'issued' | 'given';
  /** PEM: what is sent behind its leaves, itself first; absent where it is a root. */
  readonly chain?: string;
}

/** @public */
export interface IssuedLeaf extends IssuedPair {
  readonly plan: LeafPlan;
}

/** @public */
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
  readonly issuer: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  readonly notBefore: UnixTime;
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
