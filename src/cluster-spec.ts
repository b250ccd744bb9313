import type { Architecture } from './architectures.js';
import type { AuthorityRole, CertificateProfile, PairRole } from './certificate-roles.js';
import type { EtcdRelease } from './etcd-releases.js';
import type { Endpoint } from './net/endpoint.js';
import type { DnsName, Host } from './net/host.js';
import type { UnixSocket } from './net/unix-socket.js';
import type { PresetName } from './preset-names.js';
import type { KeyAlgorithm } from './x509/key-algorithm.js';

/**
 * What an operator wrote, validated, with every default filled in. Plain data: it survives JSON.
 *
 * @public
 */
export interface ClusterSpec {
  /** Version of the document format. */
  readonly version: 1;
  /** The one that was laid under the document. */
  readonly preset: PresetName;
  /** What all members have in common. */
  readonly cluster: {
    readonly name: string;
    readonly token: ClusterToken;
    /** Absolute path, on the machines of operators and clients, of the folder for their pairs. */
    readonly directory: string;
    /** Where members find each other by DNS; absent where initial-cluster lists them. */
    readonly discovery?: DiscoverySpec;
  };
  /** At least one; names and addresses are unique. The order is that of the document and of initial-cluster. */
  readonly members: readonly MemberSpec[];
  /** Further clients, besides those that the preset has. */
  readonly clients: readonly ClientSpec[];
  /** Release, paths, ports and settings. */
  readonly etcd: EtcdSpec;
  /** How certificates are made, and whether at all. */
  readonly certificates: CertificatesSpec;
  /** The service, its user and its directives. */
  readonly systemd: SystemdSpec;
  /** Absent where no kubeadm document is wanted. */
  readonly kubernetes?: KubernetesSpec;
}

/**
 * initial-cluster-token: as written, or 20 characters to be drawn when the certificates are issued.
 *
 * @public
 */
export type ClusterToken = { readonly type: 'fixed'; readonly value: string } | { readonly type: 'random' };

/**
 * DNS SRV discovery.
 *
 * @public
 */
export interface DiscoverySpec {
  /** discovery-srv: the domain of the records, in lower case. */
  readonly domain: string;
  /** discovery-srv-name: what is added to the names of the services. */
  readonly serviceName?: string;
}

/**
 * One member and the four URL lists that etcd takes for it, plus where it serves metrics.
 *
 * @public
 */
export interface MemberSpec {
  /** etcd's `--name`, and that of the tarball. */
  readonly name: string;
  /** At least one; the first is advertised. */
  readonly addresses: readonly [Host, ...Host[]];
  /** More SANs of this member alone. */
  readonly altNames: readonly Host[];
  /** IP addresses, or localhost. */
  readonly listenClientUrls: readonly Endpoint[];
  /** Where clients on its own host reach it besides, of `listenClientUrls` too; absent where there are none. */
  readonly listenClientSockets?: readonly UnixSocket[];
  /** What clients are told, and certificates name. */
  readonly advertiseClientUrls: readonly Endpoint[];
  /** IP addresses, or localhost. */
  readonly listenPeerUrls: readonly Endpoint[];
  /** What initial-cluster lists. */
  readonly initialAdvertisePeerUrls: readonly Endpoint[];
  /** Empty: metrics are served to clients alone. */
  readonly listenMetricsUrls: readonly Endpoint[];
  /** In which it differs from the cluster's, checked with them; absent where it does not. */
  readonly settings?: readonly EtcdSetting[];
  /** Absolute path on its host; absent: the cluster's `etcd.dataDir`. */
  readonly dataDir?: string;
  /** Absolute path on its host; absent: the cluster's `etcd.walDir`, where it has one. */
  readonly walDir?: string;
  /** Of its machine; absent: amd64. */
  readonly arch?: Architecture;
}

/**
 * A further client certificate for this cluster.
 *
 * @public
 */
export interface ClientSpec {
  /** File name of the pair. */
  readonly name: string;
  /** Subject common name, which is the etcd user when authentication is on. */
  readonly commonName: string;
}

/**
 * A release, or one patch release of it.
 *
 * @public
 */
export interface EtcdVersion {
  /** Major and minor: `3.6`. */
  readonly release: EtcdRelease;
  /** Absent where the document names the release only: then its newest patch is meant. */
  readonly patch?: number;
}

/**
 * Where etcd's settings are written. Never two of them: etcd refuses to start when a flag and an environment variable of the
 * same name are both present, and ignores both when a configuration file is given.
 *
 * @public
 */
export type ConfigStyle = 'flags' | 'environment' | 'yaml';

/**
 * Value of a setting in the form of its flag: what follows the `=`.
 *
 * @public
 */
export interface EtcdSetting {
  /** Flag name without dashes. */
  readonly name: string;
  /** As the flag takes it: bytes, milliseconds, lists with commas. */
  readonly value: string;
}

/**
 * etcd's own release archive.
 *
 * @public
 */
export interface ReleaseArchiveSpec {
  /** As written, relative to the document; `{arch}` stands for the member's architecture. */
  readonly file: string;
  /** SHA-256 in hexadecimal, lower case, by architecture; where one is missing, the SHA256SUMS beside the archive has it. */
  readonly sha256: { readonly [arch in Architecture]?: string };
}

/**
 * How etcd runs.
 *
 * @public
 */
export interface EtcdSpec {
  /** Decides which settings there are, and what they are called. */
  readonly version: EtcdVersion;
  /** Absolute path of the etcd binary on the hosts. */
  readonly binary: string;
  /** Whence the programs come that travel in the members' tarballs; absent where they are on the hosts already. */
  readonly archive?: ReleaseArchiveSpec;
  /** Where the settings are written, never two of them. */
  readonly config: ConfigStyle;
  /** Absolute path on the hosts of the environment file or the YAML; absent where all settings are flags of the unit. */
  readonly configFile?: string;
  /** Absolute path on the hosts. */
  readonly dataDir: string;
  /** Absolute path of a folder apart for the write-ahead log. */
  readonly walDir?: string;
  /** 1 to 65535. */
  readonly clientPort: number;
  /** 1 to 65535. */
  readonly peerPort: number;
  /** initial-cluster-state: whether members found a cluster or join one. */
  readonly state: 'new' | 'existing';
  /** The document's and the preset's own settings, checked against the release, in the order written. */
  readonly settings: readonly EtcdSetting[];
}

/**
 * RFC 5280 attributes of every subject besides its common name.
 *
 * @public
 */
export interface SubjectSpec {
  /** countryName: two capital letters. */
  readonly C?: string;
  /** stateOrProvinceName, at most 128 characters. */
  readonly ST?: string;
  /** localityName, at most 128 characters. */
  readonly L?: string;
  /** organizationName, at most 64 characters. */
  readonly O?: string;
  /** organizationalUnitName, at most 64 characters. */
  readonly OU?: string;
}

/**
 * How certificates are made.
 *
 * @public
 */
export interface CertificatesSpec {
  /** Whether each member has pairs of its own, all share one, or the cluster speaks plain http. */
  readonly tls: 'per-member' | 'shared' | 'none';
  /** Of every certificate that is issued. */
  readonly key: KeyAlgorithm;
  /** Seconds; `spread` from the end of the first member's leaves to that of the last one's, absent where all end at once. */
  readonly validity: { readonly ca: number; readonly leaf: number; readonly spread?: number };
  /** What happens where a leaf would outlive its CA: refused, or cut to the CA's end. */
  readonly beyondAuthority: 'refuse' | 'clamp';
  /** `kubeadm-compatible` sets keyEncipherment on ECDSA keys too, as kubeadm does. */
  readonly usages: 'rfc5280' | 'kubeadm-compatible';
  /** Attributes of every subject besides its CN. */
  readonly subject: SubjectSpec;
  /** The same of the authorities' own subjects. */
  readonly caSubject: SubjectSpec;
  /** `ca` is always one of them. */
  readonly authorities: readonly AuthorityRole[];
  /** What each member holds; `server` is always one of them. What a pair that is missing would do, `server` or `peer` does. */
  readonly pairs: readonly PairRole[];
  /** File names of every authority and pair, in which `{member}` stands for the member's name. */
  readonly files: Readonly<Partial<Record<AuthorityRole | PairRole, PairFiles>>>;
  /** Of every authority, pair and the operator's own; `{member}` as in the file names, and the cluster's name where all share a pair. */
  readonly commonNames: Readonly<Partial<Record<AuthorityRole | PairRole | 'admin', string>>>;
  /** Whose habits CAs and client certificates follow. */
  readonly profile: CertificateProfile;
  /** What every server and peer certificate names besides the member's own addresses. */
  readonly loopbackNames: readonly Host[];
  /** Whether the member's name is a SAN, where it is a DNS name. */
  readonly memberAltName: boolean;
  /** Whether clients have to show a certificate. Peers always do. */
  readonly clientCertAuth: boolean;
  /** Whether members look into a revocation list of each CA; absent: they do not. */
  readonly revocation?: true;
  /** SANs of every server certificate. */
  readonly altNames: readonly (Host | DnsName)[];
  /** Absolute folder of the certificates on the hosts. */
  readonly directory: string;
  /** An authority to sign with instead of a new one; paths as written. */
  readonly ca?: AuthorityFiles;
  /** The same for the peers' own authority, where the preset has one. */
  readonly peerCa?: AuthorityFiles;
  /** Further CAs whose clients members let in: paths of PEM files, as written; absent where there are none. */
  readonly trust?: readonly string[];
  /** Members whose tarball carries the CA key. */
  readonly caKeyOn: readonly string[];
}

/**
 * Relative to the certificates' folder, or absolute.
 *
 * @public
 */
export interface PairFiles {
  /** PEM, with `{member}` for the member's name. */
  readonly certificate: string;
  /** PEM, with `{member}` for the member's name. */
  readonly key: string;
}

/**
 * PEM files of an existing authority, relative to the document.
 *
 * @public
 */
export interface AuthorityFiles {
  /** Path of a PEM file, relative to the document. */
  readonly certificate: string;
  /** Path of a PEM file, relative to the document; an encrypted one needs a passphrase from elsewhere. */
  readonly key: string;
}

/**
 * The service that runs etcd.
 *
 * @public
 */
export interface SystemdSpec {
  /** Without `.service`. */
  readonly unit: string;
  /** What the service runs as, and who owns its files. */
  readonly user: string;
  /** What the service runs in, and who may read its keys besides root. */
  readonly group: string;
  /** Numbers of the accounts, where they are made; absent: the host's next ones. */
  readonly uid?: number;
  /** Number of the group; absent: the host's next. */
  readonly gid?: number;
  /** Whether the unit runs in the sandbox of systemd.exec(5), "Sandboxing". */
  readonly hardening: boolean;
  /** Sections in order, each with its directives in order; a directive's values are repeated lines. */
  readonly directives: readonly SystemdSection[];
}

/**
 * A section of a unit.
 *
 * @public
 */
export interface SystemdSection {
  /** `Unit`, `Service`, `Install`, or a name that begins with `X-`. */
  readonly name: string;
  /** In the order of the unit. */
  readonly directives: readonly SystemdDirective[];
}

/**
 * A directive, as often as it stands in the unit.
 *
 * @public
 */
export interface SystemdDirective {
  /** As in `LimitNOFILE`. */
  readonly name: string;
  /** One line each, as systemd reads it: specifiers and quoting are the operator's own. */
  readonly values: readonly string[];
}

/**
 * kubeadm's configuration APIs.
 *
 * @public
 */
export type KubeadmApi = 'v1beta2' | 'v1beta3' | 'v1beta4';

/**
 * What kubeadm's documents are made for.
 *
 * @public
 */
export interface KubernetesSpec {
  /** `1.36` or `1.36.3` */
  readonly version: string;
  /** `kubeadm.k8s.io/…` of the documents. */
  readonly kubeadmApi: KubeadmApi;
  /** Whether the kubelet runs etcd instead of systemd. */
  readonly staticPod: boolean;
}
