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
  version?: 1 | undefined;
  preset?: PresetName | undefined;
  cluster?: { name?: string | undefined; token?: string | undefined } | undefined;
  members: MemberDocument[];
  clients?: ClientDocument[] | undefined;
  etcd?: EtcdDocument | undefined;
  certificates?: CertificatesDocument | undefined;
  systemd?: SystemdDocument | undefined;
  kubernetes?: KubernetesDocument | undefined;
}

/** @public */
export interface MemberDocument {
  name: string;
  address: string | string[];
  altNames?: string[] | undefined;
  listenClientUrls?: string[] | undefined;
  advertiseClientUrls?: string[] | undefined;
  listenPeerUrls?: string[] | undefined;
  initialAdvertisePeerUrls?: string[] | undefined;
  listenMetricsUrls?: string[] | undefined;
}

/** @public */
export interface ClientDocument {
  name: string;
  /** Default: the name. */
  commonName?: string | undefined;
}

/** @public */
export interface EtcdDocument {
  version?: string | number | undefined;
  binary?: string | undefined;
  config?: ConfigStyle | undefined;
  configFile?: string | undefined;
  dataDir?: string | undefined;
  walDir?: string | undefined;
  clientPort?: number | undefined;
  peerPort?: number | undefined;
  loopback?: 'https' | 'http' | 'none' | undefined;
  metricsUrls?: string[] | undefined;
  state?: 'new' | 'existing' | undefined;
  settings?: { [flag: string]: unknown } | undefined;
}

/** @public */
export interface CertificatesDocument {
  tls?: 'per-member' | 'shared' | 'none' | undefined;
  key?: KeyAlgorithm | undefined;
  /** Go durations. */
  validity?: { ca?: string | undefined; leaf?: string | undefined } | undefined;
  beyondAuthority?: 'refuse' | 'clamp' | undefined;
  usages?: 'rfc5280' | 'kubeadm-compatible' | undefined;
  subject?: SubjectDocument | undefined;
  caSubject?: SubjectDocument | undefined;
  authorities?: AuthorityRole[] | undefined;
  pairs?: PairRole[] | undefined;
  files?: FilesDocument | undefined;
  commonNames?: { [role in AuthorityRole | PairRole | 'admin']?: string | undefined } | undefined;
  profile?: CertificateProfile | undefined;
  loopbackNames?: string[] | undefined;
  memberAltName?: boolean | undefined;
  clientCertAuth?: boolean | undefined;
  altNames?: string[] | undefined;
  directory?: string | undefined;
  ca?: { certificate: string; key: string } | undefined;
  peerCa?: { certificate: string; key: string } | undefined;
  caKeyOn?: string[] | undefined;
}

/**
 * Attributes of a subject besides its common name.
 *
 * @public
 */
export interface SubjectDocument {
  C?: string | undefined;
  ST?: string | undefined;
  L?: string | undefined;
  O?: string | undefined;
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

/** @public */
export interface SystemdDocument {
  unit?: string | undefined;
  user?: string | undefined;
  /** Default: the user's name. */
  group?: string | undefined;
  uid?: number | undefined;
  gid?: number | undefined;
  /** The sandbox of the hardened unit. */
  hardening?: boolean | undefined;
  directives?: DirectivesDocument | undefined;
}

/**
 * Sections, their directives, and the value or values of each; an empty list removes the directive.
 *
 * @public
 */
export interface DirectivesDocument {
  [section: string]: { [directive: string]: DirectiveValue | DirectiveValue[] };
}

/** @public */
export type DirectiveValue = string | number | boolean;

/** @public */
export interface KubernetesDocument {
  version?: string | number | undefined;
  kubeadmApi?: KubeadmApi | undefined;
  staticPod?: boolean | undefined;
}
