import {
  type AuthorityRow,
  type CertificateTable,
  CLIENT_TRUST_SETTINGS,
  PEER_TRUST_SETTINGS,
} from './certificate-table.js';

/**
 * The authority that the guides for cfssl leave on disk, less its names.
 *
 * @internal
 */
export const CFSSL_AUTHORITY: Omit<AuthorityRow, 'title' | 'commonName'> = {
  id: 'ca',
  commonNameAsAltName: false,
  keyUsage: ['keyCertSign', 'cRLSign'],
  files: { certificate: 'ca.pem', key: 'ca-key.pem' },
  settings: [...CLIENT_TRUST_SETTINGS, ...PEER_TRUST_SETTINGS],
};

/**
 * What the tables of all guides for cfssl share.
 *
 * @internal
 */
export const CFSSL_TABLE: Pick<CertificateTable, 'clientKeyUsage' | 'memberNameInAltNames'> = {
  clientKeyUsage: ['digitalSignature'],
  memberNameInAltNames: false,
};
