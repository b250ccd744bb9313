import type { ClusterSpec, EtcdSetting, KubernetesSpec, MemberSpec } from '../../../src/cluster-spec.js';
import { planMemberSettings } from '../../../src/etcd/member-settings.js';
import { type LeafPlan, parseClusterSpec, planCertificates } from '../../../src/index.js';
import type { EtcdAltNames } from '../../../src/kubernetes/alt-names.js';
import type { KubernetesMember } from '../../../src/kubernetes/kubeadm-model.js';

/** The three members of the guide that source documents follow. */
export const members: readonly { readonly name: string; readonly address: string }[] = [
  { name: 'e1', address: '10.1.1.93' },
  { name: 'e2', address: '10.1.1.92' },
  { name: 'e3', address: '10.1.1.91' },
];

/** A document's part; members and kubeadm's preset are there unless it says otherwise. */
export type Part = Readonly<Record<string, unknown>>;

/** A document laid over kubeadm's preset and three members. */
export function specOf(part: Part): ClusterSpec {
  return parseClusterSpec({ preset: 'kubeadm', members, kubernetes: { version: '1.36' }, ...part });
}

/** What the renderers take for the first member, or for the one named. */
export function memberOf(spec: ClusterSpec, name?: string): KubernetesMember {
  const member = spec.members.find((other) => name === undefined || other.name === name);
  if (member === undefined) throw new Error(`no member ${name}`);
  return {
    spec,
    kubernetes: kubernetesOf(spec),
    member,
    settings: settingsOf(spec, member),
    altNames: altNamesOf(spec, member),
  };
}

export function kubernetesOf({ kubernetes }: ClusterSpec): KubernetesSpec {
  if (kubernetes === undefined) throw new Error('the document has no kubernetes');
  return kubernetes;
}

function altNamesOf(spec: ClusterSpec, member: MemberSpec): EtcdAltNames {
  const of = (setting: string) =>
    leavesOf(spec, member).find(({ settings }) => settings.some(({ name }) => name === setting))?.altNames ??
    [];
  return { server: of('cert-file'), peer: of('peer-cert-file') };
}

function settingsOf(spec: ClusterSpec, member: MemberSpec): readonly EtcdSetting[] {
  const authorities = planCertificates(spec).filter(({ type }) => type === 'authority');
  const tls = [...leavesOf(spec, member), ...authorities].flatMap(({ settings }) => settings);
  return planMemberSettings(spec, member, { token: 'etcd-cluster-0', tls });
}

function leavesOf(spec: ClusterSpec, member: MemberSpec): readonly LeafPlan[] {
  return planCertificates(spec)
    .filter((plan) => plan.type === 'leaf')
    .filter(({ holder }) => holder.type === 'members' && holder.names.includes(member.name));
}
