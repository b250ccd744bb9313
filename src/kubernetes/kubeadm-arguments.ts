import type { EtcdSetting } from '../cluster-spec.js';
import { isInSpan } from '../etcd/release-span.js';
import { endpointUrl } from '../net/endpoint.js';
import { type Host, parseHost } from '../net/host.js';
import { imageVersion } from './etcd-image.js';
import type { PodStyle } from './pod-style.js';

/** kubeadm's ports, which no field of its configuration changes. */
const CLIENT_PORT = 2379;
const PEER_PORT = 2380;
const METRICS_PORT = 2381;

/**
 * What decides the arguments that kubeadm gives etcd by itself.
 *
 * @internal
 */
export interface KubeadmNode {
  readonly name: string;
  /** The member's first address. */
  readonly address: Host;
  readonly dataDir: string;
  readonly certificatesDir: string;
}

/**
 * etcd's arguments as kubeadm derives them for a node, in no order (kubeadm `phases/etcd/local.go`, `getEtcdCommand`).
 *
 * @internal
 */
export function kubeadmArguments(node: KubeadmNode, checks: readonly EtcdSetting[]): readonly EtcdSetting[] {
  const { name, address, dataDir, certificatesDir } = node;
  const peerUrl = endpointUrl({ scheme: 'https', host: address, port: PEER_PORT });
  const loopback = loopbackOf(address);
  const etcdPki = `${certificatesDir}/etcd`;
  return [
    { name: 'name', value: name },
    {
      name: 'listen-client-urls',
      value: [loopback, address]
        .map((host) => endpointUrl({ scheme: 'https', host, port: CLIENT_PORT }))
        .join(','),
    },
    { name: 'advertise-client-urls', value: kubeadmClientUrl(address) },
    { name: 'listen-peer-urls', value: peerUrl },
    { name: 'initial-advertise-peer-urls', value: peerUrl },
    { name: 'initial-cluster', value: `${name}=${peerUrl}` },
    { name: 'data-dir', value: dataDir },
    { name: 'cert-file', value: `${etcdPki}/server.crt` },
    { name: 'key-file', value: `${etcdPki}/server.key` },
    { name: 'trusted-ca-file', value: `${etcdPki}/ca.crt` },
    { name: 'client-cert-auth', value: 'true' },
    { name: 'peer-cert-file', value: `${etcdPki}/peer.crt` },
    { name: 'peer-key-file', value: `${etcdPki}/peer.key` },
    { name: 'peer-trusted-ca-file', value: `${etcdPki}/ca.crt` },
    { name: 'peer-client-cert-auth', value: 'true' },
    { name: 'snapshot-count', value: '10000' },
    {
      name: 'listen-metrics-urls',
      value: endpointUrl({ scheme: 'http', host: loopback, port: METRICS_PORT }),
    },
    ...checks,
  ];
}

/**
 * The client URL that kubeadm takes a node's etcd to have.
 *
 * @internal
 */
export function kubeadmClientUrl(address: Host): string {
  return endpointUrl({ scheme: 'https', host: address, port: CLIENT_PORT });
}

/**
 * The arguments of a style whose names depend on the etcd in the image.
 *
 * @internal
 */
export function kubeadmChecks({ checks }: PodStyle, imageTag: string): readonly EtcdSetting[] {
  if (checks.type === 'fixed') return checks.settings;
  const version = imageVersion(imageTag);
  return version !== undefined && isInSpan(version, { until: '3.5' }) ? checks.before36 : checks.since36;
}

/** kubeadm's loopback is of the address's family. */
function loopbackOf(address: Host): Host {
  const text = address.type === 'ip' && address.version === 6 ? '::1' : '127.0.0.1';
  return parseHost(text) ?? address;
}
