import type { Architecture } from './architectures.js';
import type { AuthorityRole, CertificateProfile, PairRole } from './certificate-roles.js';
import type { ConfigStyle, KubeadmApi } from './cluster-spec.js';
import type { PresetName } from './preset-names.js';
import type { KeyAlgorithm } from './x509/key-algorithm.js';

/**
 * The document that an operator writes (`cluster.yaml`), its shape checked, nothing filled in. Its keys are described in
 * docs/document.md and in schema/cluster.schema.json.
 *
 * @public
 */
export interface ClusterDocument {
  /** Of the document's format. */
  version?: 1 | undefined;
  /** What is laid under the document. Default: `hardened`. */
  preset?: PresetName | undefined;
  /** What all members have in common. */
  cluster?: IdentityDocument | undefined;
  /** At least one. The only key that has to be there. */
  members: MemberDocument[];
  /** Further client certificates, each in a tarball of its own. Default: none. */
  clients?: ClientDocument[] | undefined;
  /** Default: the preset's. */
  etcd?: EtcdDocument | undefined;
  /** Default: the preset's. */
  certificates?: CertificatesDocument | undefined;
  /** Default: the preset's. */
  systemd?: SystemdDocument | undefined;
  /** Present: kubeadm's documents are made too. */
  kubernetes?: KubernetesDocument | undefined;
}

/**
 * Keys of `cluster`.
 *
 * @public
 */
export interface IdentityDocument {
  /** For people. Default: `etcd`. */
  name?: string | undefined;
  /** initial-cluster-token; `random` draws one. Default: `etcd-cluster-0`. */
  token?: string | undefined;
  /** Domain of the SRV records in which members find each other. Default: initial-cluster lists them. */
  discoverySrv?: string | undefined;
  /** What is added to the names of the SRV services: `prod` for `_etcd-server-ssl-prod._tcp`. Default: nothing. */
  discoverySrvName?: string | undefined;
}

/**
 * One member of the cluster.
 *
 * @public
 */
export interface MemberDocument {
  /** etcd's `--name`: up to 63 letters, digits and inner `.`, `_`, `-`. */
  name: string;
  /** IPv4, IPv6 or a DNS name, or a list of them: the first is advertised. */
  address: string | string[];
  /** More SANs of this member alone. */
  altNames?: string[] | undefined;
  /** Default: from every IP address, client port and TLS, and loopback. */
  listenClientUrls?: string[] | undefined;
  /** Default: from the first address, client port and TLS. */
  advertiseClientUrls?: string[] | undefined;
  /** Default: from every IP address, peer port and TLS. */
  listenPeerUrls?: string[] | undefined;
  /** Default: from the first address, peer port and TLS. */
  initialAdvertisePeerUrls?: string[] | undefined;
  /** Default: `etcd.metricsUrls`. */
  listenMetricsUrls?: string[] | undefined;
  /** Settings of this member alone, laid over `etcd.settings`. */
  settings?: { [flag: string]: unknown } | undefined;
  /** Absolute path on this member alone. Default: `etcd.dataDir`. */
  dataDir?: string | undefined;
  /** A folder apart for the write-ahead log of this member alone. Default: `etcd.walDir`. */
  walDir?: string | undefined;
  /** Of its machine, for `{arch}` in `etcd.archive`. Default: amd64. */
  arch?: Architecture | undefined;
}

/**
 * A further client certificate.
 *
 * @public
 */
export interface ClientDocument {
  /** Name of its tarball and of its folder on the host. */
  name: string;
  /** Default: the name. */
  commonName?: string | undefined;
}

/**
 * Keys of `etcd`.
 *
 * @public
 */
export interface EtcdDocument {
  /** `3.6`, or a patch such as `3.6.16`; in YAML in quotes. Default: the newest, under kubernetes.staticPod kubeadm's. */
  version?: string | number | undefined;
  /** Absolute path of the program on the hosts. */
  binary?: string | undefined;
  /** etcd's release archive, relative to the document, `{arch}` for `members[].arch`: its programs travel in the tarballs. */
  archive?: string | undefined;
  /** SHA-256 of the archive, or of each by architecture. Default: what SHA256SUMS beside it says. */
  archiveSha256?: string | { [arch: string]: string } | undefined;
  /** Where the settings are written. Default: `flags`. */
  config?: ConfigStyle | undefined;
  /** Absolute path of the environment file or the YAML. Default: named after the unit, in /etc/etcd. */
  configFile?: string | undefined;
  /** Absolute path on the hosts. */
  dataDir?: string | undefined;
  /** Absolute path of a folder apart for the write-ahead log. */
  walDir?: string | undefined;
  /** Default: 2379. */
  clientPort?: number | undefined;
  /** Default: 2380. */
  peerPort?: number | undefined;
  /** One more client listener on 127.0.0.1, or ::1. Default: as the other client listeners. */
  loopback?: 'https' | 'http' | 'none' | undefined;
  /** Where every member serves metrics and health. Default: the preset's. */
  metricsUrls?: string[] | undefined;
  /** initial-cluster-state. Default: `new`. */
  state?: 'new' | 'existing' | undefined;
  /** Any other setting of etcd under its flag's name, its value as a person writes it: `6GiB`, `250ms`. */
  settings?: { [flag: string]: unknown } | undefined;
}

/**
 * Keys of `certificates`.
 *
 * @public
 */
export interface CertificatesDocument {
  /** A pair for each member, one for all, or none. Default: `per-member`. */
  tls?: 'per-member' | 'shared' | 'none' | undefined;
  /** Of every certificate. Default: the preset's, ECDSA P-256 in `hardened`. */
  key?: KeyAlgorithm | undefined;
  /** Go durations. With `spread` the members' leaves end one after the other, over this time before the last of them. */
  validity?: { ca?: string | undefined; leaf?: string | undefined; spread?: string | undefined } | undefined;
  /** What happens to a leaf that would outlive its CA. Default: `refuse`. */
  beyondAuthority?: 'refuse' | 'clamp' | undefined;
  /** Whether keyEncipherment goes with RSA keys alone, or with all, as kubeadm does. Default: `rfc5280`. */
  usages?: 'rfc5280' | 'kubeadm-compatible' | undefined;
  /** Attributes of every subject besides its CN. */
  subject?: SubjectDocument | undefined;
  /** What of it is different in CAs. Default: nothing. */
  caSubject?: SubjectDocument | undefined;
  /** One CA for everything, or a second one for peers. Default: the preset's. */
  authorities?: AuthorityRole[] | undefined;
  /** What each member holds. Default: the preset's. */
  pairs?: PairRole[] | undefined;
  /** File names by role. Default: the preset's. */
  files?: FilesDocument | undefined;
  /** Common names by role, `{member}` for the member's name. Default: the preset's. */
  commonNames?: { [role in AuthorityRole | PairRole | 'admin']?: string | undefined } | undefined;
  /** Whose habits CAs and client certificates follow. Default: `strict`, others in presets that follow a guide. */
  profile?: CertificateProfile | undefined;
  /** SANs of every server and peer certificate besides the member's own. Default: the preset's. */
  loopbackNames?: string[] | undefined;
  /** Whether the member's name is a SAN, where it is a DNS name. Default: true, false after cfssl's guides. */
  memberAltName?: boolean | undefined;
  /** Whether clients have to show a certificate. Default: true. */
  clientCertAuth?: boolean | undefined;
  /** Whether members look into revocation lists, one of each CA, which are empty at first. Default: false. */
  revocation?: boolean | undefined;
  /** More SANs of every server certificate: IP addresses and DNS names. */
  altNames?: string[] | undefined;
  /** Absolute path on the hosts. Default: the preset's. */
  directory?: string | undefined;
  /** An existing CA: paths of PEM files, relative to the document. */
  ca?: { certificate: string; key: string } | undefined;
  /** An existing CA of peers alone, as `ca`; `hardened` has one. */
  peerCa?: { certificate: string; key: string } | undefined;
  /** Further CAs whose clients members let in: paths of PEM files, relative to the document. Default: none. */
  trust?: string[] | undefined;
  /** Names of the members whose tarball carries the CA key. Default: none. */
  caKeyOn?: string[] | undefined;
}

/**
 * Attributes of a subject besides its common name.
 *
 * @public
 */
export interface SubjectDocument {
  /** countryName: two letters. */
  C?: string | undefined;
  /** stateOrProvinceName, at most 128 characters. */
  ST?: string | undefined;
  /** localityName, at most 128 characters. */
  L?: string | undefined;
  /** organizationName, at most 64 characters. */
  O?: string | undefined;
  /** organizationalUnitName, at most 64 characters. */
  OU?: string | undefined;
}

/**
 * File names by role; what is left out follows from the preset.
 *
 * @public
 */
export type FilesDocument = {
  [role in AuthorityRole | PairRole]?:
    | { certificate?: string | undefined; key?: string | undefined }
    | undefined;
};

/**
 * Keys of `systemd`.
 *
 * @public
 */
export interface SystemdDocument {
  /** File name without `.service`. Default: `etcd`. */
  unit?: string | undefined;
  /** Made by systemd-sysusers where it does not exist. Default: the preset's. */
  user?: string | undefined;
  /** Default: the user's name. */
  group?: string | undefined;
  /** Number of the user, where the bundle makes it. Default: the host's next. */
  uid?: number | undefined;
  /** Number of the group, where the bundle makes it. Default: the host's next. */
  gid?: number | undefined;
  /** The sandbox of the hardened unit. */
  hardening?: boolean | undefined;
  /** Laid over those of the preset. */
  directives?: DirectivesDocument | undefined;
}

/**
 * Sections, their directives, and the value or values of each; an empty list removes the directive.
 *
 * @public
 */
export interface DirectivesDocument {
  /** `Unit`, `Service`, `Install`, or a name that begins with `X-`. */
  [section: string]: { [directive: string]: DirectiveValue | DirectiveValue[] };
}

/**
 * The value of a directive, written into the unit as it stands.
 *
 * @public
 */
export type DirectiveValue = string | number | boolean;

/**
 * Keys of `kubernetes`.
 *
 * @public
 */
export interface KubernetesDocument {
  /** `1.36`, or a patch such as `1.36.3`; in YAML in quotes. Default: the newest that reads kubeadmApi. */
  version?: string | number | undefined;
  /** Of kubeadm's documents. Default: the newest that the version reads. */
  kubeadmApi?: KubeadmApi | undefined;
  /** Whether the kubelet runs etcd instead of systemd. Default: false. */
  staticPod?: boolean | undefined;
}
