import type { ClusterSpec, KubernetesSpec, MemberSpec } from '../cluster-spec.js';
import { type Endpoint, endpointUrl, parseEndpoint } from '../net/endpoint.js';
import { type Host, sameHost } from '../net/host.js';
import { isLoopback, isUnspecified } from '../net/ip-address.js';
import { renderGoYaml } from '../text/go-yaml.js';
import { kubeadmApiVersion } from './kubeadm-config.js';
import { kubernetesMinor, kubernetesVersion } from './kubernetes-release.js';

/**
 * Where the control plane's part of a kubeadm configuration lies.
 *
 * @internal
 */
export const EXTERNAL_ETCD_PATH = '/etc/kubernetes/kubeadm-external-etcd.yaml';

/** The paths at which kubeadm's own guide for external etcd has them. */
const FILES = {
  caFile: '/etc/kubernetes/pki/etcd/ca.crt',
  certFile: '/etc/kubernetes/pki/apiserver-etcd-client.crt',
  keyFile: '/etc/kubernetes/pki/apiserver-etcd-client.key',
} as const;

/**
 * The ClusterConfiguration that points a control plane to this cluster: every member's client URLs, and the files with which the
 * API server shows who it is. An operator adds what else he wants of his control plane.
 *
 * @internal
 */
export function renderExternalEtcd(spec: ClusterSpec, kubernetes: KubernetesSpec): string {
  const httpEndpoints = hasHttpEndpoints(kubernetes) ? externalHttpEndpoints(spec) : [];
  return renderGoYaml({
    apiVersion: kubeadmApiVersion(kubernetes.kubeadmApi),
    kind: 'ClusterConfiguration',
    kubernetesVersion: kubernetesVersion(kubernetes.version),
    etcd: {
      external: {
        endpoints: spec.members.flatMap(({ advertiseClientUrls }) => advertiseClientUrls.map(endpointUrl)),
        ...(httpEndpoints.length === 0 ? {} : { httpEndpoints }),
        ...(spec.certificates.tls === 'none' ? {} : FILES),
      },
    },
  });
}

/**
 * Whether kubeadm of this version knows `etcd.external.httpEndpoints` (kubernetes/kubernetes#134890).
 *
 * @internal
 */
export function hasHttpEndpoints({ kubeadmApi, version }: KubernetesSpec): boolean {
  return kubeadmApi === 'v1beta4' && kubernetesMinor(version) >= 35;
}

/**
 * Where members answer plain HTTP requests once `listen-client-http-urls` has taken them off the client URLs: the addresses that
 * a control plane can reach, the member's own where it listens on all.
 *
 * @internal
 */
export function externalHttpEndpoints({ etcd, members }: ClusterSpec): readonly string[] {
  const value = etcd.settings.find(({ name }) => name === 'listen-client-http-urls')?.value ?? '';
  const listeners = value.split(',').flatMap((url) => parseEndpoint(url) ?? []);
  const endpoints = members.flatMap((member) =>
    listeners.flatMap((listener) => reachableAt(listener, member)).map(endpointUrl),
  );
  return [...new Set(endpoints)];
}

function reachableAt(listener: Endpoint, member: MemberSpec): readonly Endpoint[] {
  const { host } = listener;
  if (host.type === 'ip' && isUnspecified(host)) {
    const advertised = member.advertiseClientUrls[0]?.host ?? member.addresses[0];
    return [{ ...listener, host: advertised }];
  }
  return isLocal(host) || !isMembers(host, member) ? [] : [listener];
}

function isLocal(host: Host): boolean {
  return host.type === 'ip' ? isLoopback(host) : host.name === 'localhost';
}

function isMembers(host: Host, { addresses, altNames }: MemberSpec): boolean {
  return [...addresses, ...altNames].some((own) => sameHost(own, host));
}
