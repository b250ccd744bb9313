import type { ClusterSpec } from '../cluster-spec.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';

/**
 * Where the manifest of a pod lies that is not to run.
 *
 * @internal
 */
export function parkedPod(): string {
  return STATIC_POD_PATH.replace('/manifests/', '/');
}

/**
 * Commands that start a member again.
 *
 * @internal
 */
export function restartMember({ kubernetes, systemd }: ClusterSpec): readonly string[] {
  if (kubernetes?.staticPod === true) return [...stopPod(), `mv ${parkedPod()} ${STATIC_POD_PATH}`];
  return [
    `systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload && systemctl restart ${systemd.unit}`,
  ];
}

/**
 * The kubelet ends a pod whose manifest is gone, within 20 s (kubernetes.io, "Certificate Management with kubeadm").
 *
 * @internal
 */
export function stopPod(): readonly string[] {
  return [`mv ${STATIC_POD_PATH} ${parkedPod()}`, 'sleep 20'];
}
