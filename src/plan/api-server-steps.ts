import type { ClusterSpec } from '../cluster-spec.js';
import type { Step } from './step.js';

/** What reads etcd, and what reads that: all of them remember what they have read. */
const PODS = 'kube-apiserver kube-controller-manager kube-scheduler';
const MANIFESTS = '/etc/kubernetes/manifests';
/** The kubelet looks for its pods here, and nowhere above. */
const PARKED = '/etc/kubernetes';

function moveAll(from: string, to: string): string {
  return `for pod in ${PODS}; do [ ! -e ${from}/$pod.yaml ] || mv ${from}/$pod.yaml ${to}/$pod.yaml; done`;
}

/**
 * Commands that start an API server again where it is a static pod, as kubeadm has it: the kubelet ends a pod whose manifest is gone, within 20 s
 * (kubernetes.io, "Certificate Management with kubeadm"). Another one is for those to start again who started it.
 *
 * @internal
 */
export function restartApiServer(): readonly string[] {
  const [pod, parked] = [MANIFESTS, PARKED].map((folder) => `${folder}/kube-apiserver.yaml`);
  return [`[ ! -e ${pod} ] || { mv ${pod} ${parked} && sleep 20 && mv ${parked} ${pod}; }`];
}

const STOP: readonly string[] = [moveAll(MANIFESTS, PARKED), 'sleep 20'];
/** The kubelet has read from the API server too. */
const START: readonly string[] = [moveAll(PARKED, MANIFESTS), 'systemctl try-restart kubelet'];

/**
 * Stops kubeadm's control plane: an API server that runs while its cluster is another one serves what it remembers
 * (kubernetes.io, "Operating etcd clusters for Kubernetes", Restoring an etcd cluster).
 *
 * @internal
 */
export function stopApiServers({ kubernetes }: ClusterSpec): readonly Step[] {
  if (kubernetes === undefined) return [];
  return [{ title: 'Stop the API servers', host: 'control-plane', commands: STOP, gate: [], back: START }];
}

/** @internal */
export function startApiServers({ kubernetes }: ClusterSpec): readonly Step[] {
  if (kubernetes === undefined) return [];
  return [{ title: 'Start the API servers', host: 'control-plane', commands: START, gate: [], back: STOP }];
}
