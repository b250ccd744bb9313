import type { RootIndex } from '../host-root.js';
import { certificateLayouts } from './certificate-layout.js';
import type { KubeadmDocuments } from './kubeadm-document.js';
import type { Service } from './service.js';
import { type PodContainer, staticPodServices } from './static-pod.js';
import { systemdServices } from './systemd-service.js';

/**
 * Everything on a host that runs etcd; where nothing does, what a kubeadm document or the certificate folder implies.
 *
 * @internal
 */
export function findServices(
  root: RootIndex,
  containers: readonly PodContainer[],
  documents: KubeadmDocuments,
): readonly Service[] {
  const running = [...systemdServices(root), ...staticPodServices(containers)];
  if (running.length > 0) return running;
  const [described] = documents.local;
  return described === undefined ? certificateLayouts(root) : [described];
}
