import type { KubeadmApi } from '../cluster-spec.js';
import { newestKubernetes } from './kubernetes-release.js';

/** Minor releases of kubeadm. */
interface Readers {
  readonly since: number;
  readonly until?: number;
}

type Reading = readonly [KubeadmApi, Readers];

/** The newest API first (kubernetes/kubernetes#114540, #124652, #136016). */
const READERS: readonly [Reading, ...Reading[]] = [
  ['v1beta4', { since: 31 }],
  ['v1beta3', { since: 22, until: 36 }],
  ['v1beta2', { since: 15, until: 26 }],
];

/**
 * The APIs that kubeadm of a minor release reads, the newest first.
 *
 * @internal
 */
export function kubeadmApis(minor: number): readonly KubeadmApi[] {
  return READERS.filter(([, readers]) => isIn(minor, readers)).map(([api]) => api);
}

/**
 * The API to write for a minor release: the newest that it reads.
 *
 * @internal
 */
export function newestApi(minor: number): KubeadmApi {
  return (READERS.find(([, readers]) => isIn(minor, readers)) ?? READERS[0])[0];
}

/**
 * The newest minor release of kubeadm that reads an API.
 *
 * @internal
 */
export function newestReader(api: KubeadmApi): number {
  return readersOf(api).until ?? newestKubernetes().minor;
}

/**
 * Who reads an API, in words: `1.22 to 1.36`.
 *
 * @internal
 */
export function describeReaders(api: KubeadmApi): string {
  const { since, until } = readersOf(api);
  return until === undefined ? `1.${since} and newer` : `1.${since} to 1.${until}`;
}

function readersOf(api: KubeadmApi): Readers {
  return READERS.find(([name]) => name === api)?.[1] ?? { since: newestKubernetes().minor };
}

function isIn(minor: number, { since, until }: Readers): boolean {
  return minor >= since && (until === undefined || minor <= until);
}
