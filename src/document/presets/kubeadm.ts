import type { Preset } from './preset.js';

/**
 * kubeadm's certificates under kubeadm's names, and etcd as a systemd service instead of a static pod.
 *
 * @internal
 */
export const kubeadm: Preset = {
  document: {
    etcd: { metricsUrls: ['http://127.0.0.1:2381'] },
    certificates: { directory: '/etc/kubernetes/pki', key: 'rsa-2048' },
    systemd: { directives: { Unit: { Documentation: 'https://github.com/etcd-io/etcd' } } },
  },
  peerTls: true,
  peerListener: 'addresses',
  peerAuthority: false,
  maxMembers: Number.POSITIVE_INFINITY,
};
