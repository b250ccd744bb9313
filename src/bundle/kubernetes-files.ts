import type { ClusterSpec, EtcdSetting, KubernetesSpec, MemberSpec } from '../cluster-spec.js';
import { EXTERNAL_ETCD_PATH, renderExternalEtcd } from '../kubernetes/external-etcd.js';
import { KUBEADM_CONFIG_PATH, renderKubeadmConfig } from '../kubernetes/kubeadm-config.js';
import type { KubernetesMember } from '../kubernetes/kubeadm-model.js';
import {
  KUBELET_CONFIG_PATH,
  KUBELET_DROP_IN_PATH,
  renderKubeletConfig,
  renderKubeletDropIn,
} from '../kubernetes/kubelet.js';
import { renderStaticPod, STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import { leavesOf, type Pki } from '../pki/pki.js';
import { clientCertificateFiles } from './certificate-files.js';
import type { FilePlan } from './file-plan.js';
import { textFile } from './text-file.js';

/**
 * What kubeadm and the kubelet find on a member: its own kubeadm document and, where the kubelet runs etcd, the static pod and the
 * kubelet's configuration.
 *
 * @internal
 */
export function kubernetesMemberFiles(
  spec: ClusterSpec,
  kubernetes: KubernetesSpec,
  member: MemberSpec,
  settings: readonly EtcdSetting[],
  pki: Pki,
): readonly FilePlan[] {
  const input: KubernetesMember = { spec, kubernetes, member, settings, altNames: altNamesOf(member, pki) };
  const config = textFile(KUBEADM_CONFIG_PATH, 0o644, 'kubeadm-config', renderKubeadmConfig(input));
  if (!kubernetes.staticPod) return [config];
  return [
    config,
    textFile(STATIC_POD_PATH, 0o600, 'static-pod', renderStaticPod(input)),
    textFile(KUBELET_CONFIG_PATH, 0o644, 'kubelet-config', renderKubeletConfig(kubernetes)),
    textFile(KUBELET_DROP_IN_PATH, 0o644, 'systemd-drop-in', renderKubeletDropIn(kubernetes)),
  ];
}

/**
 * What a control-plane machine gets: the CA, a pair of the control plane's own, and where the endpoints are.
 *
 * @internal
 */
export function controlPlaneFiles(
  spec: ClusterSpec,
  kubernetes: KubernetesSpec,
  pki: Pki,
): readonly FilePlan[] {
  const leaf = pki.leaves.find(({ plan }) => plan.holder.type === 'control-plane');
  return [
    ...clientCertificateFiles(leaf, '/etc/kubernetes/pki/etcd/ca.crt', pki),
    textFile(EXTERNAL_ETCD_PATH, 0o644, 'kubeadm-config', renderExternalEtcd(spec, kubernetes)),
  ];
}

function altNamesOf(member: MemberSpec, pki: Pki): KubernetesMember['altNames'] {
  const of = (setting: string): KubernetesMember['altNames']['server'] =>
    leavesOf(member.name, pki).find(({ plan }) => plan.settings.some(({ name }) => name === setting))?.plan
      .altNames ?? [];
  return { server: of('cert-file'), peer: of('peer-cert-file') };
}
