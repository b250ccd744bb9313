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
 * The kubelet ends a pod whose manifest is gone, within 20 s (kubernetes.io, "Certificate Management with kubeadm").
 *
 * @internal
 */
export function stopPod(): readonly string[] {
  return [`mv ${STATIC_POD_PATH} ${parkedPod()}`, 'sleep 20'];
}
