import type { KeyUsage } from '../../x509/key-usage.js';
import {
  CLIENT_TRUST_SETTINGS,
  type Layout,
  PEER_SETTINGS,
  PEER_TRUST_SETTINGS,
  SERVER_SETTINGS,
} from './layout.js';

// What the guides that use cfssl leave on disk: `<name>.pem` and `<name>-key.pem`, one pair for several roles.

const AUTHORITY_KEY_USAGE: readonly KeyUsage[] = ['keyCertSign', 'cRLSign'];

/**
 * One pair, `etcd.pem`, for server, peer and client.
 *
 * @internal
 */
export const sharedCertificateLayout: Layout = {
  authorities: [
    {
      id: 'ca',
      title: 'etcd CA',
      commonName: 'etcd cluster',
      organizationalUnit: 'ETCD-CA',
      commonNameAsAltName: false,
      keyUsage: AUTHORITY_KEY_USAGE,
      files: { certificate: 'ca.pem', key: 'ca-key.pem' },
      settings: [...CLIENT_TRUST_SETTINGS, ...PEER_TRUST_SETTINGS],
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
  clientKeyUsage: ['digitalSignature'],
  loopbackNames: ['localhost', '127.0.0.1'],
  memberNameInAltNames: false,
};

/**
 * Two pairs with the same names: `etcd-client.pem` on the client port, `etcd-peer.pem` between members.
 *
 * @internal
 */
export const environmentFileLayout: Layout = {
  authorities: [
    {
      id: 'ca',
      title: 'etcd CA',
      commonName: 'etcd-ca',
      commonNameAsAltName: false,
      keyUsage: AUTHORITY_KEY_USAGE,
      files: { certificate: 'ca.pem', key: 'ca-key.pem' },
      settings: [...CLIENT_TRUST_SETTINGS, ...PEER_TRUST_SETTINGS],
    },
  ],
  pairs: [
    {
      id: 'etcd-client',
      title: 'server, and client of the servers',
      authority: 'ca',
      commonName: { type: 'literal', value: 'etcd' },
      altNames: 'all-urls',
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      files: { certificate: 'etcd-client.pem', key: 'etcd-client-key.pem' },
      settings: SERVER_SETTINGS,
    },
    {
      id: 'etcd-peer',
      title: 'peer',
      authority: 'ca',
      commonName: { type: 'literal', value: 'etcd' },
      altNames: 'all-urls',
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      files: { certificate: 'etcd-peer.pem', key: 'etcd-peer-key.pem' },
      settings: PEER_SETTINGS,
    },
  ],
  clientKeyUsage: ['digitalSignature'],
  loopbackNames: ['localhost', '127.0.0.1'],
  memberNameInAltNames: false,
};

/**
 * One pair named `kubernetes` that other components of the machine use too; peers speak plain http on localhost.
 *
 * @internal
 */
export const singleMemberLayout: Layout = {
  authorities: [
    {
      id: 'ca',
      title: 'Kubernetes CA',
      commonName: 'Kubernetes',
      organizationalUnit: 'CA',
      commonNameAsAltName: false,
      keyUsage: AUTHORITY_KEY_USAGE,
      files: { certificate: 'ca.pem', key: 'ca-key.pem' },
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
  clientKeyUsage: ['digitalSignature'],
  loopbackNames: ['127.0.0.1'],
  memberNameInAltNames: false,
};

/**
 * As {@link sharedCertificateLayout}, with the authority in the folder of Kubernetes' own.
 *
 * @internal
 */
export const tunedLayout: Layout = {
  authorities: [
    {
      id: 'ca',
      title: 'Kubernetes CA',
      commonName: 'kubernetes-ca',
      commonNameAsAltName: false,
      keyUsage: AUTHORITY_KEY_USAGE,
      files: { certificate: '/etc/kubernetes/cert/ca.pem', key: '/etc/kubernetes/cert/ca-key.pem' },
      settings: [...CLIENT_TRUST_SETTINGS, ...PEER_TRUST_SETTINGS],
    },
  ],
  pairs: sharedCertificateLayout.pairs,
  clientKeyUsage: ['digitalSignature'],
  loopbackNames: ['127.0.0.1'],
  memberNameInAltNames: false,
};
