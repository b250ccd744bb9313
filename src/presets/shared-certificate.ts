import type { Preset } from './preset.js';

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
      caSubject: { OU: 'ETCD-CA' },
      profile: 'cfssl',
      authorities: ['ca'],
      pairs: ['server'],
      files: {
        ca: { certificate: 'ca.pem', key: 'ca-key.pem' },
        server: { certificate: 'etcd.pem', key: 'etcd-key.pem' },
      },
      commonNames: { ca: 'etcd cluster', server: 'etcd' },
      loopbackNames: ['localhost', '127.0.0.1'],
      memberAltName: false,
    },
  },
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
