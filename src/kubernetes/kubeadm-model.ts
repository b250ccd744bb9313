import type {
  CertificatesSpec,
  ClusterSpec,
  EtcdSetting,
  KubeadmApi,
  KubernetesSpec,
  MemberSpec,
} from '../cluster-spec.js';
import { type EtcdAltNames, extraAltNames } from './alt-names.js';
import { etcdImageTag } from './etcd-image.js';
import { type KubeadmNode, kubeadmArguments, kubeadmChecks } from './kubeadm-arguments.js';
import { kubernetesMinor, kubernetesRelease, kubernetesVersion } from './kubernetes-release.js';
import { podStyle } from './pod-style.js';

/**
 * A member of a cluster that Kubernetes uses, and what is planned for it elsewhere.
 *
 * @internal
 */
export interface KubernetesMember {
  readonly spec: ClusterSpec;
  readonly kubernetes: KubernetesSpec;
  readonly member: MemberSpec;
  /** Everything that etcd is given on this member. */
  readonly settings: readonly EtcdSetting[];
  /** The SANs of its certificates. */
  readonly altNames: EtcdAltNames;
}

/**
 * One member's kubeadm documents before any version of the API has written them down.
 *
 * @internal
 */
export interface KubeadmModel {
  readonly api: KubeadmApi;
  /** `v1.36.3` */
  readonly kubernetesVersion: string;
  readonly node: KubeadmNode;
  readonly signing: {
    readonly key: CertificatesSpec['key'];
    /** Seconds. */
    readonly leaf: number;
    /** Seconds. */
    readonly ca: number;
  };
  /** Only where it is not the one that kubeadm would choose. */
  readonly imageTag?: string;
  readonly serverCertSANs: readonly string[];
  readonly peerCertSANs: readonly string[];
  /** What the guide writes, and all else that kubeadm would not come to by itself. */
  readonly extraArgs: readonly EtcdSetting[];
}

/** What the guide gives kubeadm for every member, in its order. */
const GUIDE: readonly string[] = [
  'initial-cluster',
  'initial-cluster-state',
  'name',
  'listen-peer-urls',
  'listen-client-urls',
  'advertise-client-urls',
  'initial-advertise-peer-urls',
];
/** What kubeadm sets whether or not the cluster has TLS; a file that is not there would keep etcd from starting. */
const TLS_OFF: readonly EtcdSetting[] = [
  { name: 'cert-file', value: '' },
  { name: 'key-file', value: '' },
  { name: 'trusted-ca-file', value: '' },
  { name: 'client-cert-auth', value: 'false' },
  { name: 'peer-cert-file', value: '' },
  { name: 'peer-key-file', value: '' },
  { name: 'peer-trusted-ca-file', value: '' },
  { name: 'peer-client-cert-auth', value: 'false' },
];

/**
 * Brings a member into kubeadm's terms.
 *
 * @internal
 */
export function planKubeadmModel({
  spec,
  kubernetes,
  member,
  settings,
  altNames,
}: KubernetesMember): KubeadmModel {
  const { certificates, etcd } = spec;
  const node: KubeadmNode = {
    name: member.name,
    address: member.addresses[0],
    dataDir: settings.find(({ name }) => name === 'data-dir')?.value ?? etcd.dataDir,
    certificatesDir: certificates.directory,
  };
  const imageTag = etcdImageTag(etcd, kubernetes);
  const ownTag = kubernetesRelease(kubernetes.version).etcdTag;
  const style = podStyle(kubernetesMinor(kubernetes.version));
  const derived = kubeadmArguments(node, style === undefined ? [] : kubeadmChecks(style, imageTag));
  const { ca, leaf } = certificates.validity;
  return {
    api: kubernetes.kubeadmApi,
    kubernetesVersion: kubernetesVersion(kubernetes.version),
    node,
    signing: {
      key: certificates.key,
      leaf: certificates.beyondAuthority === 'clamp' ? Math.min(leaf, ca) : leaf,
      ca,
    },
    ...(kubernetes.staticPod && imageTag !== ownTag ? { imageTag } : {}),
    serverCertSANs: extraAltNames(altNames.server, member),
    peerCertSANs: extraAltNames(altNames.peer, member),
    extraArgs: planExtraArgs(settings, derived),
  };
}

function planExtraArgs(
  settings: readonly EtcdSetting[],
  derived: readonly EtcdSetting[],
): readonly EtcdSetting[] {
  const guide = GUIDE.flatMap((name) => settings.filter((setting) => setting.name === name));
  const isDerived = ({ name, value }: EtcdSetting): boolean =>
    derived.some((other) => other.name === name && other.value === value);
  const rest = settings.filter((setting) => !GUIDE.includes(setting.name) && !isDerived(setting));
  const off = TLS_OFF.filter(({ name }) => !settings.some((setting) => setting.name === name));
  return [...guide, ...rest, ...off];
}
