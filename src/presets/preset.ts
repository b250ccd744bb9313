import type { ClusterDocument } from '../cluster-document.js';
import type { CertificateTable } from './certificate-table.js';
import type { HostVariables } from './host-variables.js';

/**
 * A named way to run etcd: a partial document laid under the operator's, and what no key of the document says.
 *
 * @internal
 */
export interface Preset {
  readonly document: PresetDocument;
  readonly certificates: CertificateTable;
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
