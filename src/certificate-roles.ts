/** @internal */
export const AUTHORITY_ROLES: readonly AuthorityRole[] = ['ca', 'peer-ca'];

/**
 * An authority that a cluster may have: one for everything, or a second one for peers.
 *
 * @public
 */
export type AuthorityRole = 'ca' | 'peer-ca';

/** @internal */
export const PAIR_ROLES: readonly PairRole[] = [
  'server',
  'server-client',
  'peer',
  'peer-client',
  'healthcheck-client',
  'apiserver-etcd-client',
];

/**
 * A pair that a member may hold.
 *
 * @public
 */
export type PairRole =
  | 'server'
  | 'server-client'
  | 'peer'
  | 'peer-client'
  | 'healthcheck-client'
  | 'apiserver-etcd-client';

/**
 * Those that only dial. A cluster that asks no client for a certificate has none of them.
 *
 * @internal
 */
export const CLIENT_ROLES: readonly PairRole[] = [
  'server-client',
  'healthcheck-client',
  'apiserver-etcd-client',
];

/** @internal */
export const PROFILE_NAMES: readonly CertificateProfile[] = ['strict', 'cfssl', 'kubeadm'];

/**
 * Whose habits CAs and client certificates follow in what no other key says. `strict`: a CA signs leaves alone (pathlen 0) and CRLs.
 * `cfssl`: as its guides leave it. `kubeadm`: the CA has its own name as a SAN, and clients with RSA keys get keyEncipherment.
 *
 * @public
 */
export type CertificateProfile = 'strict' | 'cfssl' | 'kubeadm';

/**
 * Stands for the member's name in a file name or a common name.
 *
 * @internal
 */
export const MEMBER_PLACEHOLDER = '{member}';

/**
 * The file of all CAs whose clients a member lets in, where the document names further ones: beside the cluster's own CA, which peers and
 * clients go by, so that whatever is handed that folder, such as kubeadm's pod, has both.
 *
 * @param authority - path of the CA's certificate, absolute or relative
 * @internal
 */
export function trustedAuthoritiesFile(authority: string): string {
  return `${authority.slice(0, authority.lastIndexOf('/') + 1)}trusted-ca.crt`;
}

/**
 * The file of what a CA has revoked, which lies beside its certificate: `ca.crl` beside `ca.crt`.
 *
 * @param authority - path of the CA's certificate, absolute or relative
 * @internal
 */
export function revocationListFile(authority: string): string {
  const folder = authority.slice(0, authority.lastIndexOf('/') + 1);
  const name = authority.slice(folder.length);
  const end = name.lastIndexOf('.');
  return `${folder}${end > 0 ? name.slice(0, end) : name}.crl`;
}

/** @internal */
export function isAuthorityRole(name: string): name is AuthorityRole {
  return AUTHORITY_ROLES.some((role) => role === name);
}

/** @internal */
export function isPairRole(name: string): name is PairRole {
  return PAIR_ROLES.some((role) => role === name);
}
