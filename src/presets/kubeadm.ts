import {
  type CertificateTable,
  CLIENT_TRUST_SETTINGS,
  PEER_SETTINGS,
  PEER_TRUST_SETTINGS,
  SERVER_SETTINGS,
} from './certificate-table.js';
import type { Preset } from './preset.js';

/** One authority, names and files as kubeadm has them (kubeadm `phases/certs/certlist.go`). */
const certificates: CertificateTable = {
  authorities: [
    {
      id: 'ca',
      title: 'self-signed CA to provision identities for etcd',
      commonName: 'etcd-ca',
      commonNameAsAltName: true,
      keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
      files: { certificate: 'etcd/ca.crt', key: 'etcd/ca.key' },
      settings: [...CLIENT_TRUST_SETTINGS, ...PEER_TRUST_SETTINGS],
    },
  ],
  pairs: [
    {
      id: 'server',
      title: 'for serving etcd',
      authority: 'ca',
      commonName: { type: 'member' },
      altNames: 'client-urls',
      // The gRPC gateway dials the client port with this certificate (etcd-io/etcd#9785).
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      files: { certificate: 'etcd/server.crt', key: 'etcd/server.key' },
      settings: SERVER_SETTINGS,
    },
    {
      id: 'peer',
      title: 'for etcd nodes to communicate with each other',
      authority: 'ca',
      commonName: { type: 'member' },
      altNames: 'peer-urls',
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      files: { certificate: 'etcd/peer.crt', key: 'etcd/peer.key' },
      settings: PEER_SETTINGS,
    },
    {
      id: 'healthcheck-client',
      title: 'for liveness probes to healthcheck etcd',
      authority: 'ca',
      commonName: { type: 'literal', value: 'kube-etcd-healthcheck-client' },
      altNames: 'none',
      extendedKeyUsage: ['clientAuth'],
      files: { certificate: 'etcd/healthcheck-client.crt', key: 'etcd/healthcheck-client.key' },
      settings: [],
    },
    {
      id: 'apiserver-etcd-client',
      title: 'the apiserver uses to access etcd',
      authority: 'ca',
      commonName: { type: 'literal', value: 'kube-apiserver-etcd-client' },
      altNames: 'none',
      extendedKeyUsage: ['clientAuth'],
      files: { certificate: 'apiserver-etcd-client.crt', key: 'apiserver-etcd-client.key' },
      settings: [],
    },
  ],
  clientKeyUsage: ['digitalSignature', 'keyEncipherment'],
  loopbackNames: ['localhost', '127.0.0.1', '::1'],
  memberNameInAltNames: true,
};

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
  certificates,
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
