/**
 * What is known of a minor release of Kubernetes.
 *
 * @internal
 */
export interface KubernetesRelease {
  /** The 36 of 1.36. */
  readonly minor: number;
  /** The newest patch known; the last one of a release that has reached its end of life. */
  readonly patch: number;
  /** Tag of the etcd image that kubeadm of that patch chooses (kubeadm `constants.SupportedEtcdVersion`). */
  readonly etcdTag: string;
}

/**
 * The minor releases known, oldest first, read from the source of each patch named here.
 *
 * @internal
 */
export const KUBERNETES_RELEASES: readonly [KubernetesRelease, ...KubernetesRelease[]] = [
  { minor: 15, patch: 12, etcdTag: '3.3.10' },
  { minor: 16, patch: 15, etcdTag: '3.3.15-0' },
  { minor: 17, patch: 17, etcdTag: '3.4.3-0' },
  { minor: 18, patch: 20, etcdTag: '3.4.3-0' },
  { minor: 19, patch: 16, etcdTag: '3.4.13-0' },
  { minor: 20, patch: 15, etcdTag: '3.4.13-0' },
  { minor: 21, patch: 14, etcdTag: '3.4.13-0' },
  { minor: 22, patch: 17, etcdTag: '3.5.6-0' },
  { minor: 23, patch: 17, etcdTag: '3.5.6-0' },
  { minor: 24, patch: 17, etcdTag: '3.5.6-0' },
  { minor: 25, patch: 16, etcdTag: '3.5.9-0' },
  { minor: 26, patch: 15, etcdTag: '3.5.10-0' },
  { minor: 27, patch: 16, etcdTag: '3.5.12-0' },
  { minor: 28, patch: 15, etcdTag: '3.5.15-0' },
  { minor: 29, patch: 15, etcdTag: '3.5.16-0' },
  { minor: 30, patch: 14, etcdTag: '3.5.15-0' },
  { minor: 31, patch: 14, etcdTag: '3.5.24-0' },
  { minor: 32, patch: 13, etcdTag: '3.5.24-0' },
  { minor: 33, patch: 13, etcdTag: '3.5.24-0' },
  { minor: 34, patch: 8, etcdTag: '3.6.5-0' },
  { minor: 35, patch: 8, etcdTag: '3.6.6-0' },
  { minor: 36, patch: 3, etcdTag: '3.6.8-0' },
  { minor: 37, patch: 2, etcdTag: '3.7.0-0' },
];

/**
 * The minor release of a version such as `1.36` or `1.36.3`. One that came out after this package is taken for the newest known.
 *
 * @internal
 */
export function kubernetesRelease(version: string): KubernetesRelease {
  const minor = kubernetesMinor(version);
  return KUBERNETES_RELEASES.find((release) => release.minor === minor) ?? newestKubernetes();
}

/** @internal */
export function newestKubernetes(): KubernetesRelease {
  return KUBERNETES_RELEASES.at(-1) ?? KUBERNETES_RELEASES[0];
}

/** @internal */
export function kubernetesMinor(version: string): number {
  return Number(version.split('.')[1] ?? newestKubernetes().minor);
}

/**
 * The version as kubeadm's `kubernetesVersion` takes it: `v1.36.3`. Where the document names a minor alone, its newest known patch
 * is meant: with a label such as `stable-1.36`, or none at all, kubeadm asks the internet, and `v1.36.0` would have
 * `kubeadm init` install an old control plane.
 *
 * @internal
 */
export function kubernetesVersion(version: string): string {
  if (version.split('.').length > 2) return `v${version}`;
  const minor = kubernetesMinor(version);
  const known = KUBERNETES_RELEASES.find((release) => release.minor === minor);
  return `v1.${minor}.${known?.patch ?? 0}`;
}
