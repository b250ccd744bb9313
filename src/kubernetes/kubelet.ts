import type { KubernetesSpec } from '../cluster-spec.js';
import { renderUnit } from '../systemd/unit.js';
import { renderGoYaml } from '../text/go-yaml.js';
import { kubernetesMinor } from './kubernetes-release.js';

/**
 * The guide's place for the kubelet's configuration. systemd reads the folder for drop-ins and says `Assignment outside of
 * section. Ignoring.` of each line.
 *
 * @internal
 */
export const KUBELET_CONFIG_PATH = '/etc/systemd/system/kubelet.service.d/kubelet.conf';

/** @internal */
export const KUBELET_DROP_IN_PATH = '/etc/systemd/system/kubelet.service.d/20-etcd-service-manager.conf';

const RUNTIME_ENDPOINT = 'unix:///var/run/containerd/containerd.sock';

/**
 * The configuration of a kubelet that does nothing but run static pods, without an API server (kubernetes.io, "Set up a High
 * Availability etcd Cluster with kubeadm", step 1).
 *
 * @internal
 */
export function renderKubeletConfig({ version }: KubernetesSpec): string {
  return renderGoYaml({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: { anonymous: { enabled: false }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    cgroupDriver: 'systemd',
    address: '127.0.0.1',
    ...(hasRuntimeEndpoint(version) ? { containerRuntimeEndpoint: RUNTIME_ENDPOINT } : {}),
    staticPodPath: '/etc/kubernetes/manifests',
  });
}

/**
 * The drop-in that puts that configuration in the place of the one kubeadm's package brings. Before 1.27 the runtime's socket
 * was no field of the configuration, and before 1.24 a runtime other than dockershim had to be asked for.
 *
 * @internal
 */
export function renderKubeletDropIn({ version }: KubernetesSpec): string {
  const command = [
    '/usr/bin/kubelet',
    `--config=${KUBELET_CONFIG_PATH}`,
    ...(kubernetesMinor(version) < 24 ? ['--container-runtime=remote'] : []),
    ...(hasRuntimeEndpoint(version) ? [] : [`--container-runtime-endpoint=${RUNTIME_ENDPOINT}`]),
  ];
  return renderUnit([
    {
      name: 'Service',
      directives: [
        { name: 'ExecStart', values: ['', command.join(' ')] },
        { name: 'Restart', values: ['always'] },
      ],
    },
  ]);
}

/** kubernetes/kubernetes#112136 */
function hasRuntimeEndpoint(version: string): boolean {
  return kubernetesMinor(version) >= 27;
}
