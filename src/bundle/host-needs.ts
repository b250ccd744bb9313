import type { ClusterSpec } from '../cluster-spec.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { diskLines } from './disk-lines.js';

/**
 * What a runbook says has to be on hosts before their tarballs are extracted, as items of a list.
 *
 * @param spec - with the members that it is about
 * @param where - what they are called
 * @internal
 */
export function hostNeeds(spec: ClusterSpec, where: string): readonly string[] {
  const { version, binary, archive } = spec.etcd;
  const isPod = spec.kubernetes?.staticPod === true;
  return [
    ...(isPod || archive !== undefined
      ? []
      : [`- etcd ${formatEtcdVersion(version)} is at \`${binary}\` on ${where}, etcdctl beside it.`]),
    ...diskLines(spec),
    ...(isPod
      ? [`- A container runtime and the kubelet are installed on ${where}, and the kubelet is stopped.`]
      : []),
  ];
}
