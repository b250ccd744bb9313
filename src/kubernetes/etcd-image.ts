import type { ClusterSpec, EtcdVersion, KubernetesSpec } from '../cluster-spec.js';
import { parseEtcdVersion } from '../etcd/version.js';
import type { EtcdRelease } from '../etcd-releases.js';
import { KUBERNETES_RELEASES, kubernetesRelease } from './kubernetes-release.js';

/**
 * The etcd that kubeadm of a Kubernetes version runs: what `etcd.version` defaults to where etcd is a static pod.
 *
 * @param version - `1.36` or `1.36.3`
 * @returns undefined where it is older than any release that this package knows
 * @internal
 */
export function kubeadmEtcdVersion(version: string): EtcdVersion | undefined {
  return imageVersion(kubernetesRelease(version).etcdTag);
}

/**
 * Tag of the etcd image: kubeadm's own for the Kubernetes version, unless the document names another release or patch of etcd.
 *
 * @internal
 */
export function etcdImageTag(etcd: ClusterSpec['etcd'], kubernetes: KubernetesSpec): string {
  const { etcdTag } = kubernetesRelease(kubernetes.version);
  const chosen = imageVersion(etcdTag);
  const { release, patch } = etcd.version;
  if (chosen?.release === release && (patch === undefined || patch === chosen.patch)) return etcdTag;
  return patch === undefined ? newestTag(release) : `${release}.${patch}-0`;
}

/**
 * The etcd in an image: 3.6.8 of `3.6.8-0`.
 *
 * @internal
 */
export function imageVersion(tag: string): EtcdVersion | undefined {
  return parseEtcdVersion(/^\d+\.\d+\.\d+/.exec(tag)?.[0] ?? '');
}

/** The newest that kubeadm has used; `registry.k8s.io` does not have every patch. */
function newestTag(release: EtcdRelease): string {
  const used = KUBERNETES_RELEASES.findLast(({ etcdTag }) => imageVersion(etcdTag)?.release === release);
  return used?.etcdTag ?? `${release}.0-0`;
}
