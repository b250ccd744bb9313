import { type AuthorityRole, CLIENT_ROLES, type PairRole } from '../certificate-roles.js';
import type { CertificatesSpec, ClusterSpec, PairFiles } from '../cluster-spec.js';
import { isInSpan, type ReleaseSpan } from '../etcd/release-span.js';
import type { ExtendedKeyUsage } from '../x509/extended-key-usage.js';
import type { KeyUsage } from '../x509/key-usage.js';
import { PROFILES, type Profile } from './profiles.js';

/**
 * The certificates of a cluster as a table: who signs, which usages, which SAN rule, which etcd setting points to it. kubeadm's
 * certificate list (`cmd/kubeadm/app/phases/certs/certlist.go`) is the model. It follows from which authorities and pairs there are:
 * what a pair that is missing would do, another one does.
 *
 * @internal
 */
export interface CertificateTable extends Pick<Profile, 'clientKeyUsage'> {
  readonly authorities: readonly AuthorityRow[];
  readonly pairs: readonly PairRow[];
}

/** @internal */
export interface AuthorityRow extends Row, Profile {
  readonly role: AuthorityRole;
}

/**
 * A certificate that members hold.
 *
 * @internal
 */
export interface PairRow extends Row {
  readonly role: PairRole;
  readonly authority: AuthorityRole;
  readonly altNames: AltNamesRule;
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[];
}

/** @internal */
export interface Row {
  /** Shown to people. */
  readonly title: string;
  readonly commonName: string;
  /** Relative to certificates.directory, or absolute. */
  readonly files: PairFiles;
  /** Empty where etcd itself does not read the file. */
  readonly settings: readonly SettingRow[];
}

/**
 * Whose hosts a certificate names: those of the URLs that clients dial, that peers dial, both, or none.
 *
 * @internal
 */
export type AltNamesRule = 'client-urls' | 'peer-urls' | 'all-urls' | 'none';

/**
 * An etcd setting that a file brings with it.
 *
 * @internal
 */
export interface SettingRow {
  readonly name: string;
  /** `trust`: the CAs whose clients are let in, which is the certificate where there is no other; `list`: what the CA has revoked. */
  readonly value: 'certificate' | 'key' | 'trust' | 'list' | 'true';
}

/** Releases with a separate client pair for what etcd dials itself (`--client-cert-file`, etcd-io/etcd#12705). */
const SPLIT: ReleaseSpan = { since: '3.5' };

/**
 * Both together: without client-cert-auth no certificate names an etcd user, without trusted-ca-file the system's own
 * authorities are trusted (etcd `client/pkg/transport/listener.go`).
 */
const CLIENT_TRUST: readonly SettingRow[] = [
  { name: 'client-cert-auth', value: 'true' },
  { name: 'trusted-ca-file', value: 'trust' },
];
const PEER_TRUST: readonly SettingRow[] = [
  { name: 'peer-client-cert-auth', value: 'true' },
  { name: 'peer-trusted-ca-file', value: 'certificate' },
];
/** One list for each side, and each is compared by serial numbers alone (etcd `client/pkg/transport/listener_tls.go`, checkCRL). */
const CLIENT_LIST: readonly SettingRow[] = [{ name: 'client-crl-file', value: 'list' }];
const PEER_LIST: readonly SettingRow[] = [{ name: 'peer-crl-file', value: 'list' }];

/**
 * The table of a cluster with certificates.
 *
 * @param usesPeerTls - whether members speak TLS to each other
 * @internal
 */
export function certificateTable(
  { certificates, etcd }: ClusterSpec,
  usesPeerTls: boolean,
): CertificateTable {
  const profile = PROFILES[certificates.profile];
  const hasPeerAuthority = certificates.authorities.includes('peer-ca');
  const hasLists = certificates.revocation === true;
  const isThere = (role: PairRole): boolean =>
    certificates.pairs.includes(role) &&
    (certificates.clientCertAuth || !CLIENT_ROLES.includes(role)) &&
    (isInSpan(etcd.version, SPLIT) || (role !== 'server-client' && role !== 'peer-client'));
  const servesPeers = usesPeerTls && !isThere('peer');
  const row = rowMaker(certificates);
  const peerAuthority = hasPeerAuthority ? 'peer-ca' : 'ca';

  const authority = (role: AuthorityRole, title: string, settings: readonly SettingRow[]): AuthorityRow => ({
    ...row(role, title, settings),
    ...profile,
    // RFC 5280, 4.2.1.3: what signs lists says so.
    keyUsage: hasLists ? [...new Set<KeyUsage>([...profile.keyUsage, 'cRLSign'])] : profile.keyUsage,
    role,
  });
  const pair = (
    role: PairRole,
    title: string,
    rest: Pick<PairRow, 'authority' | 'altNames' | 'extendedKeyUsage' | 'settings'>,
  ): readonly PairRow[] => (isThere(role) ? [{ ...row(role, title, rest.settings), ...rest, role }] : []);

  const clientTrust = certificates.clientCertAuth ? [...CLIENT_TRUST, ...(hasLists ? CLIENT_LIST : [])] : [];
  const peerTrust = [...PEER_TRUST, ...(hasLists ? PEER_LIST : [])];
  return {
    clientKeyUsage: profile.clientKeyUsage,
    authorities: hasPeerAuthority
      ? [authority('ca', 'etcd client CA', clientTrust), authority('peer-ca', 'etcd peer CA', peerTrust)]
      : [authority('ca', 'etcd CA', [...clientTrust, ...peerTrust])],
    pairs: [
      ...pair('server', servesPeers ? 'etcd server and peer' : 'etcd server', {
        authority: 'ca',
        altNames: servesPeers ? 'all-urls' : 'client-urls',
        // The gRPC gateway dials the client port with this certificate where it has no other (etcd-io/etcd#9785).
        extendedKeyUsage:
          isThere('server-client') && !(servesPeers && !isThere('peer-client'))
            ? ['serverAuth']
            : ['serverAuth', 'clientAuth'],
        settings: [...pairSettings(''), ...(servesPeers ? pairSettings('peer-') : [])],
      }),
      ...pair('server-client', 'what the gRPC gateway of a server dials it with', {
        authority: 'ca',
        altNames: 'none',
        extendedKeyUsage: ['clientAuth'],
        settings: pairSettings('client-'),
      }),
      ...pair('peer', 'etcd peer', {
        authority: peerAuthority,
        altNames: 'peer-urls',
        extendedKeyUsage: isThere('peer-client') ? ['serverAuth'] : ['serverAuth', 'clientAuth'],
        settings: pairSettings('peer-'),
      }),
      ...pair('peer-client', 'what a member dials its peers with', {
        authority: peerAuthority,
        // The address check of incoming peers reads this certificate, and passes one without SANs unseen.
        altNames: 'peer-urls',
        extendedKeyUsage: ['clientAuth'],
        settings: pairSettings('peer-client-'),
      }),
      ...pair('healthcheck-client', 'for liveness probes to healthcheck etcd', {
        authority: 'ca',
        altNames: 'none',
        extendedKeyUsage: ['clientAuth'],
        settings: [],
      }),
      ...pair('apiserver-etcd-client', 'the apiserver uses to access etcd', {
        authority: 'ca',
        altNames: 'none',
        extendedKeyUsage: ['clientAuth'],
        settings: [],
      }),
    ],
  };
}

function pairSettings(prefix: string): readonly SettingRow[] {
  return [
    { name: `${prefix}cert-file`, value: 'certificate' },
    { name: `${prefix}key-file`, value: 'key' },
  ];
}

function rowMaker({
  files,
  commonNames,
}: CertificatesSpec): (
  role: AuthorityRole | PairRole,
  title: string,
  settings: readonly SettingRow[],
) => Row {
  return (role, title, settings) => ({
    title,
    commonName: commonNames[role] ?? role,
    files: files[role] ?? { certificate: `${role}.crt`, key: `${role}.key` },
    settings,
  });
}
