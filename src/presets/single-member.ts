import { type CertificateTable, CLIENT_TRUST_SETTINGS, SERVER_SETTINGS } from './certificate-table.js';
import { CFSSL_AUTHORITY, CFSSL_TABLE } from './cfssl.js';
import type { Preset } from './preset.js';

/** One pair named `kubernetes` that other components of the machine use too; peers speak plain http on localhost. */
const certificates: CertificateTable = {
  ...CFSSL_TABLE,
  authorities: [
    {
      ...CFSSL_AUTHORITY,
      title: 'Kubernetes CA',
      commonName: 'Kubernetes',
      organizationalUnit: 'CA',
      settings: CLIENT_TRUST_SETTINGS,
    },
  ],
  pairs: [
    {
      id: 'kubernetes',
      title: 'server and client at once',
      authority: 'ca',
      commonName: { type: 'literal', value: 'kubernetes' },
      altNames: 'client-urls',
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      files: { certificate: 'kubernetes.pem', key: 'kubernetes-key.pem' },
      settings: SERVER_SETTINGS,
    },
  ],
  loopbackNames: ['127.0.0.1'],
};

/**
 * One member with TLS for its clients alone, and the pair named `kubernetes` that the other components of such a machine share.
 *
 * @internal
 */
export const singleMember: Preset = {
  document: {
    certificates: {
      key: 'rsa-2048',
      subject: { C: 'US', ST: 'Oregon', L: 'Portland', O: 'Kubernetes', OU: 'Kubernetes The Hard Way' },
      altNames: [
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster',
        'kubernetes.svc.cluster.local',
        '10.32.0.1',
      ],
      directory: '/etc/etcd',
    },
    systemd: { directives: { Unit: { Documentation: 'https://github.com/etcd-io/etcd' } } },
  },
  certificates,
  peerTls: false,
  peerListener: 'localhost',
  maxMembers: 1,
};
