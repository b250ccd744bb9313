import type { ClusterSpec, EtcdVersion, KubernetesSpec } from '../cluster-spec.js';
import type { Issue } from '../errors.js';
import { firstVersions, isInSpan } from '../etcd/release-span.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { endpointUrl } from '../net/endpoint.js';
import { etcdImageTag, imageVersion } from './etcd-image.js';
import { kubernetesMinor } from './kubernetes-release.js';
import { podStyle } from './pod-style.js';

/**
 * What keeps etcd from running as the static pod that kubeadm of this version makes.
 *
 * @internal
 */
export function staticPodIssues(spec: ClusterSpec, kubernetes: KubernetesSpec): readonly Issue[] {
  return [
    ...checkRelease(spec, kubernetes),
    ...(spec.etcd.config === 'flags' ? [] : [configIssue(spec)]),
    ...checkProbes(spec),
    ...checkSockets(spec),
  ];
}

/** kubeadm writes arguments that older and newer etcd do not know, and asks paths that older ones do not answer. */
function checkRelease({ etcd }: ClusterSpec, kubernetes: KubernetesSpec): readonly Issue[] {
  const style = podStyle(kubernetesMinor(kubernetes.version));
  if (style === undefined) {
    return [
      {
        code: 'static-pod-release',
        path: 'kubernetes.version',
        message: `The static pod of kubeadm ${kubernetes.version} is not known.`,
        cure: 'Write "1.22" or newer, or kubernetes.staticPod: false.',
      },
    ];
  }
  const version = imageVersion(etcdImageTag(etcd, kubernetes)) ?? etcd.version;
  if (isInSpan(version, style.etcd)) return [];
  return [
    {
      code: 'static-pod-etcd',
      path: 'etcd.version',
      message: `etcd ${formatEtcdVersion(version)} does not run with the arguments and probes that kubeadm ${kubernetes.version} gives it.`,
      cure: `Write ${listed(firstVersions(style.etcd))}, or another kubernetes.version, or kubernetes.staticPod: false.`,
    },
  ];
}

/** `"3.5.11" (or a later patch), "3.6"` */
function listed(versions: readonly EtcdVersion[]): string {
  return versions
    .map(
      (version) =>
        `"${formatEtcdVersion(version)}"${version.patch === undefined ? '' : ' (or a later patch)'}`,
    )
    .join(' or ');
}

function configIssue({ etcd }: ClusterSpec): Issue {
  return {
    code: 'static-pod-config',
    path: 'etcd.config',
    message: `kubeadm gives etcd its settings as arguments, and ${etcd.config} would put them elsewhere.`,
    cure: 'Write etcd.config: flags, or kubernetes.staticPod: false.',
  };
}

/** The pod's folders are its own, but for those that kubeadm mounts. */
function checkSockets({ members }: ClusterSpec): readonly Issue[] {
  return members.flatMap(({ listenClientSockets: [socket] = [] }, index): readonly Issue[] =>
    socket === undefined
      ? []
      : [
          {
            code: 'static-pod-socket',
            path: `members[${index}].listenClientUrls`,
            message: `kubeadm's pod has no folder of the host for ${socket.path}.`,
            cure: 'Leave the socket out, or write kubernetes.staticPod: false.',
          },
        ],
  );
}

/** The kubelet's probes carry no certificate, but etcd requires one on https metrics URLs. */
function checkProbes({ certificates, members }: ClusterSpec): readonly Issue[] {
  if (certificates.tls === 'none') return [];
  return members.flatMap((member, index): readonly Issue[] => {
    const [first] = member.listenMetricsUrls;
    if (first?.scheme !== 'https') return [];
    return [
      {
        code: 'static-pod-metrics',
        path: `members[${index}].listenMetricsUrls`,
        message: `The kubelet's probes ask ${endpointUrl(first)} without a certificate, and etcd refuses them.`,
        cure: 'Write an http URL on loopback first, such as http://127.0.0.1:2381.',
      },
    ];
  });
}
