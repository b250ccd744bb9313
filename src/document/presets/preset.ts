import type { ClusterDocument } from '../cluster-document.js';

/**
 * A named way to run etcd: a partial document laid under the operator's, and what no key of the document says.
 *
 * @internal
 */
export interface Preset {
  readonly document: PresetDocument;
  /** Whether members speak TLS to each other where the cluster uses TLS at all. */
  readonly peerTls: boolean;
  /** Where a member listens for its peers when its document does not say: on its addresses, or on localhost alone. */
  readonly peerListener: 'addresses' | 'localhost';
  /** Whether peers have a separate authority. */
  readonly peerAuthority: boolean;
  readonly maxMembers: number;
}

/** @internal */
export type PresetDocument = Omit<ClusterDocument, 'version' | 'preset' | 'members' | 'clients'>;
