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
      directory: '/etc/etcd/pki',
    },
  },
  peerTls: true,
  peerListener: 'addresses',
  peerAuthority: false,
  maxMembers: Number.POSITIVE_INFINITY,
};
