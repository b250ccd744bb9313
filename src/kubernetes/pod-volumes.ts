import type { EtcdSetting } from '../cluster-spec.js';
import { isWithin } from '../text/path.js';

/**
 * A folder of the host that the pod sees at the same path.
 *
 * @internal
 */
export interface PodVolume {
  readonly name: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** Settings that name a file which etcd reads. */
const FILE_SETTINGS: readonly string[] = [
  'cert-file',
  'key-file',
  'trusted-ca-file',
  'client-cert-file',
  'client-key-file',
  'client-crl-file',
  'peer-cert-file',
  'peer-key-file',
  'peer-trusted-ca-file',
  'peer-client-cert-file',
  'peer-client-key-file',
  'peer-crl-file',
];

/**
 * The folders that the pod needs: kubeadm's two, data and `<certificatesDir>/etcd`, and those of the paths among the arguments
 * that lie outside of them, for which kubeadm has no field.
 *
 * @param settings - all of etcd's arguments
 * @internal
 */
export function planPodVolumes(
  dataDir: string,
  certificatesDir: string,
  settings: readonly EtcdSetting[],
): readonly PodVolume[] {
  const volumes: PodVolume[] = [
    { name: 'etcd-data', path: dataDir, readOnly: false },
    { name: 'etcd-certs', path: `${certificatesDir}/etcd`, readOnly: false },
  ];
  const add = (name: string, path: string, readOnly: boolean): void => {
    if (volumes.some((volume) => isWithin(path, volume.path))) return;
    const same = volumes.filter((volume) => volume.name.startsWith(name)).length;
    volumes.push({ name: same === 0 ? name : `${name}-${same + 1}`, path, readOnly });
  };
  // etcd renames the log's own folder, which a mount point refuses (etcd `server/storage/wal/wal.go`, renameWAL).
  for (const path of valuesOf(settings, 'wal-dir')) add('etcd-wal', folderOf(path), false);
  for (const path of valuesOf(settings, 'log-outputs')) add('etcd-logs', folderOf(path), false);
  const files = [
    ...FILE_SETTINGS.flatMap((name) => valuesOf(settings, name)),
    ...valuesOf(settings, 'auth-token').map((option) => option.replace(/^(?:pub|priv)-key=/, '')),
  ];
  for (const path of files.filter((file) => file.startsWith('/'))) add('etcd-files', folderOf(path), true);
  return volumes;
}

/** The absolute paths, or the options, of a setting's list. */
function valuesOf(settings: readonly EtcdSetting[], name: string): readonly string[] {
  const value = settings.find((setting) => setting.name === name)?.value ?? '';
  return value.split(',').filter((part) => part.startsWith('/') || part.includes('-key='));
}

/** A path directly below the root is its own volume: the host's root cannot be one. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || path;
}
