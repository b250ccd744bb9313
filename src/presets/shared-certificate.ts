import { type CertificateTable, PEER_SETTINGS, SERVER_SETTINGS } from './certificate-table.js';
import { CFSSL_AUTHORITY, CFSSL_TABLE } from './cfssl.js';
import type { Preset } from './preset.js';

/** One pair, `etcd.pem`, for server, peer and client. */
const certificates: CertificateTable = {
  ...CFSSL_TABLE,
  authorities: [
    {
      ...CFSSL_AUTHORITY,
      title: 'etcd CA',
      commonName: 'etcd cluster',
      organizationalUnit: 'ETCD-CA',
    },
  ],
  pairs: [
    {
      id: 'etcd',
      title: 'server, peer and client at once',
      authority: 'ca',
      commonName: { type: 'literal', value: 'etcd' },
      altNames: 'all-urls',
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      files: { certificate: 'etcd.pem', key: 'etcd-key.pem' },
      settings: [...SERVER_SETTINGS, ...PEER_SETTINGS],
    },
  ],
  loopbackNames: ['localhost', '127.0.0.1'],
};

/**
 * One pair for every member and both roles, as `cfssl gencert` with one list of hosts leaves it.
 *
 * @internal
 */
export const sharedCertificate: Preset = {
  document: {
    cluster: { token: 'external-etcd-cluster' },
    certificates: {
      tls: 'shared',
      key: 'rsa-2048',
      subject: { C: 'GB', ST: 'Cambridge', L: 'England', O: 'Kubernetes', OU: 'etcd' },
    },
  },
  certificates,
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
