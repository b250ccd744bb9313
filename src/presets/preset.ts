import type {
  CertificatesDocument,
  ClusterDocument,
  EtcdDocument,
  KubernetesDocument,
  SystemdDocument,
} from '../cluster-document.js';
import type { HostVariables } from './host-variables.js';

/**
 * A named way to run etcd: a partial document laid under the operator's, and what no key of the document says.
 *
 * @internal
 */
export interface Preset {
  readonly document: PresetDocument;
  /** Where the unit reads what differs between hosts from a file. */
  readonly hostVariables?: HostVariables;
  /** Whether members speak TLS to each other where the cluster uses TLS at all. */
  readonly peerTls: boolean;
  /** Where a member listens for its peers when its document does not say: on its addresses, or on localhost alone. */
  readonly peerListener: 'addresses' | 'localhost';
  readonly maxMembers: number;
}

/** @internal */
export type PresetDocument = Omit<ClusterDocument, 'version' | 'preset' | 'members' | 'clients'>;

/**
 * A document in which every key that has a default has a value.
 *
 * @internal
 */
export interface CompleteDocument {
  readonly cluster: Having<NonNullable<ClusterDocument['cluster']>, 'name' | 'token'>;
  readonly etcd: Having<
    EtcdDocument,
    | 'version'
    | 'binary'
    | 'config'
    | 'dataDir'
    | 'clientPort'
    | 'peerPort'
    | 'metricsUrls'
    | 'state'
    | 'settings'
  >;
  readonly certificates: Having<
    Omit<CertificatesDocument, 'validity'>,
    | 'tls'
    | 'key'
    | 'beyondAuthority'
    | 'usages'
    | 'subject'
    | 'caSubject'
    | 'authorities'
    | 'pairs'
    | 'files'
    | 'commonNames'
    | 'profile'
    | 'loopbackNames'
    | 'memberAltName'
    | 'clientCertAuth'
    | 'altNames'
    | 'directory'
    | 'caKeyOn'
  > & { validity: Having<NonNullable<CertificatesDocument['validity']>, 'ca' | 'leaf'> };
  readonly systemd: Having<SystemdDocument, 'unit' | 'user' | 'hardening' | 'directives'>;
  /** Absent where the bundle is not for Kubernetes. */
  readonly kubernetes?: KubernetesDocument | undefined;
}

type Complete<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

type Having<T, K extends keyof T> = Omit<T, K> & Complete<Pick<T, K>>;
