import type { EtcdRelease, KubeadmApi } from '../../../src/index.js';
import { kubeadmEtcdVersion } from '../../../src/kubernetes/etcd-image.js';
import { kubeadmApis } from '../../../src/kubernetes/kubeadm-api.js';
import { kubernetesMinor } from '../../../src/kubernetes/kubernetes-release.js';
import { type ProgramName, programNames } from '../../programs/programs.js';

type KubeadmName = Extract<ProgramName, `kubeadm-${string}`>;

/** A kubeadm of the table of programs. */
export interface KubeadmRelease {
  readonly program: KubeadmName;
  /** `1.36` */
  readonly version: string;
  /** The APIs that it is taken to read. */
  readonly apis: readonly KubeadmApi[];
  /** The etcd whose image it chooses. */
  readonly etcd: EtcdRelease;
}

/** The newest first. */
export const KUBEADMS: readonly KubeadmRelease[] = programNames.filter(isKubeadm).flatMap((program) => {
  const version = program.replace('kubeadm-', '');
  const etcd = kubeadmEtcdVersion(version)?.release;
  return etcd === undefined ? [] : { program, version, apis: kubeadmApis(kubernetesMinor(version)), etcd };
});

export const NEWEST_KUBEADM: KubeadmRelease = KUBEADMS[0] ?? fail();

export const KUBEADM_NAMES: readonly KubeadmName[] = KUBEADMS.map(({ program }) => program);

/** Each kubeadm with each API that it reads. */
export const KUBEADM_APIS: readonly (readonly [KubeadmName, string, KubeadmApi])[] = KUBEADMS.flatMap(
  ({ program, version, apis }) => apis.map((api) => [program, version, api] as const),
);

function isKubeadm(name: ProgramName): name is KubeadmName {
  return name.startsWith('kubeadm-');
}

function fail(): never {
  throw new Error('the table of programs has no kubeadm');
}
