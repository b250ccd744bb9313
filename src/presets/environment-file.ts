import { endpointUrl } from '../net/endpoint.js';
import type { HostVariables } from './host-variables.js';
import type { Preset } from './preset.js';

const hostVariables: HostVariables = {
  path: '/etc/etcd.conf',
  variables: ({ spec, member, settings, token }) => [
    { name: 'NODE_ADDRESS', value: member.initialAdvertisePeerUrls.map(endpointUrl).join(',') },
    { name: 'NODE_NAME', value: member.name },
    ...settings
      .filter(({ name }) => name === 'initial-cluster')
      .map(({ value }) => ({ name: 'CLUSTER_NODES', value })),
    { name: 'CLUSTER_TOKEN', value: token },
    { name: 'CLIENT_PORT', value: String(spec.etcd.clientPort) },
    { name: 'PEERS_PORT', value: String(spec.etcd.peerPort) },
  ],
  templates: {
    name: [{ variable: 'NODE_NAME' }],
    'listen-peer-urls': ['https://0.0.0.0:', { variable: 'PEERS_PORT' }],
    'initial-advertise-peer-urls': [{ variable: 'NODE_ADDRESS' }],
    'listen-client-urls': ['https://0.0.0.0:', { variable: 'CLIENT_PORT' }],
    'advertise-client-urls': ['https://', { variable: 'NODE_NAME' }, ':', { variable: 'CLIENT_PORT' }],
    'initial-cluster': [{ variable: 'CLUSTER_NODES' }],
    'initial-cluster-token': [{ variable: 'CLUSTER_TOKEN' }],
  },
};

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
      profile: 'cfssl',
      authorities: ['ca'],
      pairs: ['server', 'peer'],
      files: {
        ca: { certificate: 'ca.pem', key: 'ca-key.pem' },
        server: { certificate: 'etcd-client.pem', key: 'etcd-client-key.pem' },
        peer: { certificate: 'etcd-peer.pem', key: 'etcd-peer-key.pem' },
      },
      commonNames: { server: 'etcd', peer: 'etcd' },
      loopbackNames: ['localhost', '127.0.0.1'],
      memberAltName: false,
    },
    systemd: { unit: 'etcd3' },
  },
  hostVariables,
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
