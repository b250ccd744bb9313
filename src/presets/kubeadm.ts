import type { Preset } from './preset.js';

/**
 * kubeadm's certificates under kubeadm's names, and etcd as a systemd service instead of a static pod.
 *
 * @internal
 */
export const kubeadm: Preset = {
  document: {
    etcd: { metricsUrls: ['http://127.0.0.1:2381'] },
    // Names and files as kubeadm has them (kubeadm `phases/certs/certlist.go`).
    certificates: {
      directory: '/etc/kubernetes/pki',
      key: 'rsa-2048',
      profile: 'kubeadm',
      authorities: ['ca'],
      pairs: ['server', 'peer', 'healthcheck-client', 'apiserver-etcd-client'],
      files: {
        ca: { certificate: 'etcd/ca.crt', key: 'etcd/ca.key' },
        server: { certificate: 'etcd/server.crt', key: 'etcd/server.key' },
        peer: { certificate: 'etcd/peer.crt', key: 'etcd/peer.key' },
        'healthcheck-client': {
          certificate: 'etcd/healthcheck-client.crt',
          key: 'etcd/healthcheck-client.key',
        },
      },
      commonNames: { 'healthcheck-client': 'kube-etcd-healthcheck-client' },
    },
    systemd: { directives: { Unit: { Documentation: 'https://github.com/etcd-io/etcd' } } },
  },
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
