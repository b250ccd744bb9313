// @ts-check
import { kubeadmApis } from '../../dist/kubernetes/kubeadm-api.js';
import {
  kubernetesMinor,
  kubernetesRelease,
  kubernetesVersion,
} from '../../dist/kubernetes/kubernetes-release.js';
import { ask, differences, filterByAsking } from './ask.js';

const APIS = ['v1beta1', 'v1beta2', 'v1beta3', 'v1beta4', 'v1'];

/**
 * The image that a kubeadm chooses, its patch, and the APIs that it reads.
 *
 * @param {string} path
 * @param {string} version `1.36.3`
 */
export async function kubeadmDifferences(path, version) {
  const minor = version.split('.').slice(0, 2).join('.');
  const images = await ask(path, ['config', 'images', 'list', '--kubernetes-version', `v${version}`]);
  const tag = /\/etcd:(\S+)/.exec(images)?.[1] ?? 'none';
  const apis = await filterByAsking(APIS, async (api) => {
    const file = `apiVersion: kubeadm.k8s.io/${api}\nkind: ClusterConfiguration\nkubernetesVersion: v${version}\n`;
    const output = await ask(path, ['config', 'images', 'list', '--config', '@DIR/etcd.yaml'], { file });
    return output.includes('/etcd:');
  });
  return [
    ...differences('image', [kubernetesRelease(version).etcdTag], [tag]),
    ...differences('patch', [kubernetesVersion(minor)], [`v${version}`]),
    ...differences('API', kubeadmApis(kubernetesMinor(version)), apis),
  ];
}
