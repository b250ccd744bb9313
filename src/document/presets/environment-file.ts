import type { Preset } from './preset.js';

/**
 * A unit that reads what differs between hosts from `/etc/etcd.conf`, and DNS names throughout.
 *
 * @internal
 */
export const environmentFile: Preset = {
  document: {
    cluster: { token: 'random' },
    certificates: {
      tls: 'shared',
      key: 'rsa-4096',
      subject: { O: 'Kubernetes', OU: 'etcd' },
      directory: '/etc/etcd/pki',
    },
    systemd: { unit: 'etcd3' },
  },
  peerTls: true,
  peerListener: 'addresses',
  peerAuthority: false,
  maxMembers: Number.POSITIVE_INFINITY,
};
