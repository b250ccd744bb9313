import {
  CLIENT_TRUST_SETTINGS,
  type Layout,
  PEER_SETTINGS,
  PEER_TRUST_SETTINGS,
  SERVER_SETTINGS,
} from './layout.js';

/**
 * kubeadm's certificates (`cmd/kubeadm/app/phases/certs/certlist.go`): one authority, names and files as kubeadm has them.
 *
 * @internal
 */
export const kubeadmLayout: Layout = {
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
