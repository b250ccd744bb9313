import type { ClusterSpec, EtcdRelease, EtcdVersion, KubernetesSpec } from '../cluster-spec.js';
import { kubernetesRelease } from './kubernetes-release.js';

const RELEASES: readonly EtcdRelease[] = ['3.4', '3.5', '3.6', '3.7'];
/** The newest tag of each release that kubeadm has used; `registry.k8s.io` does not have every patch. */
const NEWEST_TAGS: Readonly<Record<EtcdRelease, string>> = {
  '3.4': '3.4.13-0',
  '3.5': '3.5.24-0',
  '3.6': '3.6.8-0',
  '3.7': '3.7.0-0',
};

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
  return patch === undefined ? NEWEST_TAGS[release] : `${release}.${patch}-0`;
}

/**
 * The etcd in an image: 3.6.8 of `3.6.8-0`.
 *
 * @internal
 */
export function imageVersion(tag: string): EtcdVersion | undefined {
  const [, minor, patch] = /^(\d+\.\d+)\.(\d+)/.exec(tag) ?? [];
  const release = RELEASES.find((known) => known === minor);
  return release === undefined ? undefined : { release, patch: Number(patch) };
}
