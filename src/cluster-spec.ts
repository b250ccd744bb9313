import type { AuthorityRole, CertificateProfile, PairRole } from './certificate-roles.js';
import type { EtcdRelease } from './etcd-releases.js';
import type { Endpoint } from './net/endpoint.js';
import type { DnsName, Host } from './net/host.js';
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
  readonly preset: PresetName;
  readonly cluster: {
    readonly name: string;
    readonly token: ClusterToken;
    /** Absolute path, on the machines of operators and clients, of the folder for their pairs. */
    readonly directory: string;
  };
  /** At least one; names and addresses are unique. The order is that of the document and of initial-cluster. */
  readonly members: readonly MemberSpec[];
  readonly clients: readonly ClientSpec[];
  readonly etcd: EtcdSpec;
  readonly certificates: CertificatesSpec;
  readonly systemd: SystemdSpec;
  readonly kubernetes?: KubernetesSpec;
}

/**
 * initial-cluster-token: as written, or 20 characters to be drawn when the certificates are issued.
 *
 * @public
 */
export type ClusterToken = { readonly type: 'fixed'; readonly value: string } | { readonly type: 'random' };

/**
 * One member and the four URL lists that etcd takes for it, plus where it serves metrics.
 *
 * @public
 */
export interface MemberSpec {
  readonly name: string;
  /** At least one; the first is advertised. */
  readonly addresses: readonly [Host, ...Host[]];
  readonly altNames: readonly Host[];
  readonly listenClientUrls: readonly Endpoint[];
  readonly advertiseClientUrls: readonly Endpoint[];
  readonly listenPeerUrls: readonly Endpoint[];
  readonly initialAdvertisePeerUrls: readonly Endpoint[];
  readonly listenMetricsUrls: readonly Endpoint[];
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
  readonly value: string;
}

/** @public */
export interface EtcdSpec {
  readonly version: EtcdVersion;
  /** Absolute path of the etcd binary on the hosts. */
  readonly binary: string;
  readonly config: ConfigStyle;
  /** Absolute path on the hosts of the environment file or the YAML; absent where all settings are flags of the unit. */
  readonly configFile?: string;
  readonly dataDir: string;
  readonly walDir?: string;
  readonly clientPort: number;
  readonly peerPort: number;
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
  readonly C?: string;
  readonly ST?: string;
  readonly L?: string;
  readonly O?: string;
  readonly OU?: string;
}

/** @public */
export interface CertificatesSpec {
  /** Whether each member has pairs of its own, all share one, or the cluster speaks plain http. */
  readonly tls: 'per-member' | 'shared' | 'none';
  readonly key: KeyAlgorithm;
  /** Seconds. */
  readonly validity: { readonly ca: number; readonly leaf: number };
  /** What happens where a leaf would outlive its CA: refused, or cut to the CA's end. */
  readonly beyondAuthority: 'refuse' | 'clamp';
  /** `kubeadm-compatible` sets keyEncipherment on ECDSA keys too, as kubeadm does. */
  readonly usages: 'rfc5280' | 'kubeadm-compatible';
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
  readonly profile: CertificateProfile;
  /** What every server and peer certificate names besides the member's own addresses. */
  readonly loopbackNames: readonly Host[];
  /** Whether the member's name is a SAN, where it is a DNS name. */
  readonly memberAltName: boolean;
  /** Whether clients have to show a certificate. Peers always do. */
  readonly clientCertAuth: boolean;
  /** SANs of every server certificate. */
  readonly altNames: readonly (Host | DnsName)[];
  /** Absolute folder of the certificates on the hosts. */
  readonly directory: string;
  /** An authority to sign with instead of a new one; paths as written. */
  readonly ca?: AuthorityFiles;
  /** The same for the peers' own authority, where the preset has one. */
  readonly peerCa?: AuthorityFiles;
  /** Members whose tarball carries the CA key. */
  readonly caKeyOn: readonly string[];
}

/**
 * Relative to the certificates' folder, or absolute.
 *
 * @public
 */
export interface PairFiles {
  readonly certificate: string;
  readonly key: string;
}

/**
 * PEM files of an existing authority, relative to the document.
 *
 * @public
 */
export interface AuthorityFiles {
  readonly certificate: string;
  readonly key: string;
}

/** @public */
export interface SystemdSpec {
  /** Without `.service`. */
  readonly unit: string;
  readonly user: string;
  /** What the service runs in, and who may read its keys besides root. */
  readonly group: string;
  /** Numbers of the accounts, where they are made; absent: the host's next ones. */
  readonly uid?: number;
  readonly gid?: number;
  /** Whether the unit runs in the sandbox of systemd.exec(5), "Sandboxing". */
  readonly hardening: boolean;
  /** Sections in order, each with its directives in order; a directive's values are repeated lines. */
  readonly directives: readonly SystemdSection[];
}

/** @public */
export interface SystemdSection {
  readonly name: string;
  readonly directives: readonly SystemdDirective[];
}

/** @public */
export interface SystemdDirective {
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

/** @public */
export interface KubernetesSpec {
  /** `1.36` or `1.36.3` */
  readonly version: string;
  readonly kubeadmApi: KubeadmApi;
  readonly staticPod: boolean;
}
