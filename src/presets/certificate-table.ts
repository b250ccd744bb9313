import type { ReleaseSpan } from '../etcd/release-span.js';
import type { ExtendedKeyUsage } from '../x509/extended-key-usage.js';
import type { KeyUsage } from '../x509/key-usage.js';

/**
 * The certificates of a cluster as a table: who signs, which name, which usages, which SAN rule, which file, which etcd setting
 * points to it. kubeadm's certificate list (`cmd/kubeadm/app/phases/certs/certlist.go`) is the model.
 *
 * @internal
 */
export interface CertificateTable {
  readonly authorities: readonly AuthorityRow[];
  readonly pairs: readonly PairRow[];
  /** Key usage of a certificate that only dials; keyEncipherment counts with RSA keys alone. */
  readonly clientKeyUsage: readonly KeyUsage[];
  /** What every server and peer certificate names besides the member's own addresses. */
  readonly loopbackNames: readonly string[];
  /** Whether the member's name is a SAN, where it is a DNS name. */
  readonly memberNameInAltNames: boolean;
}

/**
 * An authority. Its file name in the operator's `ca/` folder is its id.
 *
 * @internal
 */
export interface AuthorityRow {
  readonly id: 'ca' | 'peer-ca';
  /** Shown to people. */
  readonly title: string;
  readonly commonName: string;
  /** Takes the place of the document's OU. */
  readonly organizationalUnit?: string;
  /** kubeadm gives its CA its own common name as a DNS SAN. */
  readonly commonNameAsAltName: boolean;
  readonly keyUsage: readonly KeyUsage[];
  readonly pathLength?: number;
  readonly files: PairFiles;
  /** The etcd settings that trust it. */
  readonly settings: readonly SettingRow[];
}

/**
 * A certificate that members of the releases in its span hold.
 *
 * @internal
 */
export interface PairRow extends ReleaseSpan {
  readonly id: string;
  /** Shown to people. */
  readonly title: string;
  readonly authority: AuthorityRow['id'];
  readonly commonName: { readonly type: 'member' } | { readonly type: 'literal'; readonly value: string };
  readonly altNames: AltNamesRule;
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[];
  readonly files: PairFiles;
  /** Empty where etcd itself does not read the pair. */
  readonly settings: readonly SettingRow[];
}

/**
 * Whose hosts a certificate names: those of the URLs that clients dial, that peers dial, both, or none.
 *
 * @internal
 */
export type AltNamesRule = 'client-urls' | 'peer-urls' | 'all-urls' | 'none';

/**
 * Relative to certificates.directory, or absolute.
 *
 * @internal
 */
export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

/**
 * An etcd setting that a file brings with it.
 *
 * @internal
 */
export interface SettingRow {
  readonly name: string;
  readonly value: 'certificate' | 'key' | 'true';
}

/** @internal */
export const SERVER_SETTINGS: readonly SettingRow[] = [
  { name: 'cert-file', value: 'certificate' },
  { name: 'key-file', value: 'key' },
];

/** @internal */
export const PEER_SETTINGS: readonly SettingRow[] = [
  { name: 'peer-cert-file', value: 'certificate' },
  { name: 'peer-key-file', value: 'key' },
];

/**
 * Both together: without client-cert-auth no certificate names an etcd user, without trusted-ca-file the system's own
 * authorities are trusted (etcd `client/pkg/transport/listener.go`).
 *
 * @internal
 */
export const CLIENT_TRUST_SETTINGS: readonly SettingRow[] = [
  { name: 'client-cert-auth', value: 'true' },
  { name: 'trusted-ca-file', value: 'certificate' },
];

/** @internal */
export const PEER_TRUST_SETTINGS: readonly SettingRow[] = [
  { name: 'peer-client-cert-auth', value: 'true' },
  { name: 'peer-trusted-ca-file', value: 'certificate' },
];
