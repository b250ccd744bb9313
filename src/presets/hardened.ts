import type { ReleaseSpan } from '../etcd/release-span.js';
import {
  type CertificateTable,
  CLIENT_TRUST_SETTINGS,
  type PairRow,
  PEER_SETTINGS,
  PEER_TRUST_SETTINGS,
  SERVER_SETTINGS,
} from './certificate-table.js';
import type { Preset } from './preset.js';

/** Releases with a separate client pair for what etcd dials itself (`--client-cert-file`, etcd-io/etcd#12705). */
const SPLIT: ReleaseSpan = { since: '3.5' };
const UNSPLIT: ReleaseSpan = { until: '3.4' };

const server: Omit<PairRow, keyof ReleaseSpan | 'extendedKeyUsage'> = {
  id: 'server',
  title: 'etcd server',
  authority: 'ca',
  commonName: { type: 'member' },
  altNames: 'client-urls',
  files: { certificate: 'server.crt', key: 'server.key' },
  settings: SERVER_SETTINGS,
};

const peer: Omit<PairRow, keyof ReleaseSpan | 'extendedKeyUsage'> = {
  id: 'peer',
  title: 'etcd peer',
  authority: 'peer-ca',
  commonName: { type: 'member' },
  altNames: 'peer-urls',
  files: { certificate: 'peer.crt', key: 'peer.key' },
  settings: PEER_SETTINGS,
};

/**
 * Separate authorities for peers and clients, so that no client's certificate opens the peer port: etcd takes one without SANs
 * there unseen. Roles are as narrow as the release allows: before 3.5 etcd dials itself and its peers with the pair that it also
 * serves with, so that pair needs both usages (etcd-io/etcd#9785).
 */
const certificates: CertificateTable = {
  authorities: [
    {
      id: 'ca',
      title: 'etcd client CA',
      commonName: 'etcd-ca',
      commonNameAsAltName: false,
      keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      pathLength: 0,
      files: { certificate: 'ca.crt', key: 'ca.key' },
      settings: CLIENT_TRUST_SETTINGS,
    },
    {
      id: 'peer-ca',
      title: 'etcd peer CA',
      commonName: 'etcd-peer-ca',
      commonNameAsAltName: false,
      keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
      pathLength: 0,
      files: { certificate: 'peer-ca.crt', key: 'peer-ca.key' },
      settings: PEER_TRUST_SETTINGS,
    },
  ],
  pairs: [
    { ...server, ...UNSPLIT, extendedKeyUsage: ['serverAuth', 'clientAuth'] },
    { ...server, ...SPLIT, extendedKeyUsage: ['serverAuth'] },
    {
      id: 'server-client',
      title: 'what the gRPC gateway of a server dials it with',
      authority: 'ca',
      ...SPLIT,
      commonName: { type: 'member' },
      altNames: 'none',
      extendedKeyUsage: ['clientAuth'],
      files: { certificate: 'server-client.crt', key: 'server-client.key' },
      settings: [
        { name: 'client-cert-file', value: 'certificate' },
        { name: 'client-key-file', value: 'key' },
      ],
    },
    { ...peer, ...UNSPLIT, extendedKeyUsage: ['serverAuth', 'clientAuth'] },
    { ...peer, ...SPLIT, extendedKeyUsage: ['serverAuth'] },
    {
      id: 'peer-client',
      title: 'what a member dials its peers with',
      authority: 'peer-ca',
      ...SPLIT,
      commonName: { type: 'member' },
      // The address check of incoming peers reads this certificate, and passes one without SANs unseen.
      altNames: 'peer-urls',
      extendedKeyUsage: ['clientAuth'],
      files: { certificate: 'peer-client.crt', key: 'peer-client.key' },
      settings: [
        { name: 'peer-client-cert-file', value: 'certificate' },
        { name: 'peer-client-key-file', value: 'key' },
      ],
    },
    {
      id: 'healthcheck-client',
      title: 'for liveness probes to healthcheck etcd',
      authority: 'ca',
      commonName: { type: 'literal', value: 'etcd-healthcheck-client' },
      altNames: 'none',
      extendedKeyUsage: ['clientAuth'],
      files: { certificate: 'healthcheck-client.crt', key: 'healthcheck-client.key' },
      settings: [],
    },
  ],
  // What consists with clientAuth alone (RFC 5280, 4.2.1.12).
  clientKeyUsage: ['digitalSignature'],
  loopbackNames: ['localhost', '127.0.0.1', '::1'],
  memberNameInAltNames: true,
};

/**
 * The default: separate authorities for peers and for clients, roles as narrow as the release allows, a service user and a sandbox.
 *
 * @internal
 */
export const hardened: Preset = {
  document: {
    etcd: { metricsUrls: ['http://127.0.0.1:2381'] },
    systemd: {
      user: 'etcd',
      hardening: true,
      directives: { Service: { Restart: 'always', OOMScoreAdjust: -999 } },
    },
  },
  certificates,
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
