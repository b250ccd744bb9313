import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { clusterTokenFiles, clusterTokenKeys } from '../etcd/auth-token.js';
import { ownLogFolders } from '../etcd/log-files.js';
import { leavesOf, type Pki } from '../pki/pki.js';
import { isReadByService } from '../pki/plan.js';
import { isSystemDirectory } from '../systemd/system-directories.js';
import { planStateDirectories, renderTmpfiles, type TmpfilesLine } from '../systemd/tmpfiles.js';

/**
 * The member's tmpfiles.d file: directories for data, write-ahead log and log files before the first start, and, where the service
 * is not root's, its way to the keys it reads. Keys are named one by one: a pattern would also hand it anything else beside them.
 *
 * @internal
 */
export function renderMemberTmpfiles(spec: ClusterSpec, member: MemberSpec, pki: Pki): string {
  const { user, group } = spec.systemd;
  const { dataDir, walDir } = spec.etcd;
  // The kubelet makes the folder that it mounts.
  const logs = spec.kubernetes?.staticPod === true ? [] : ownLogFolders(spec);
  const directories = planStateDirectories([dataDir, ...(walDir === undefined ? [] : [walDir]), ...logs], {
    user,
    group,
  });
  return renderTmpfiles([...directories, ...(group === 'root' ? [] : accessLines(spec, member, pki))]);
}

function accessLines(spec: ClusterSpec, member: MemberSpec, pki: Pki): readonly TmpfilesLine[] {
  const { config, configFile } = spec.etcd;
  const leaves = leavesOf(member.name, pki).filter(({ plan }) => isReadByService(plan));
  const token = clusterTokenKeys(spec);
  const keys = [
    ...leaves.map(({ plan }) => plan.files.key),
    ...(token?.privateKey === undefined ? [] : [token.privateKey]),
  ];
  const files = [
    // systemd itself reads an environment file.
    ...(config === 'yaml' && configFile !== undefined ? [configFile] : []),
    ...pki.authorities.flatMap(({ plan: { files: own, trustFile = own.certificate } }) => [
      own.certificate,
      trustFile,
    ]),
    ...leaves.flatMap(({ plan }) => [plan.files.certificate, plan.files.key]),
    ...clusterTokenFiles(spec),
  ];
  // Under a strict umask tar makes the folders on the way root's alone.
  const folders = [...new Set(files.flatMap(parents))].filter((folder) => isOwn(folder, spec)).sort();
  return [
    ...folders.map(
      (path): TmpfilesLine => ({ type: 'create-directory', path, mode: 0o755, user: 'root', group: 'root' }),
    ),
    ...keys.map(
      (path): TmpfilesLine => ({
        type: 'adjust',
        path,
        mode: 0o640,
        user: 'root',
        group: spec.systemd.group,
      }),
    ),
  ];
}

function parents(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/**
 * The certificates' folder, what lies in it, the folder named after the service, and those of files that it reads: others may have
 * reasons for their modes.
 */
function isOwn(folder: string, spec: ClusterSpec): boolean {
  const { cluster, certificates, etcd } = spec;
  const files = [...(etcd.configFile === undefined ? [] : [etcd.configFile]), ...clusterTokenFiles(spec)];
  return (
    !isSystemDirectory(folder) &&
    (folder === cluster.directory ||
      folder === certificates.directory ||
      folder.startsWith(`${certificates.directory}/`) ||
      files.some((file) => file.slice(0, file.lastIndexOf('/')) === folder))
  );
}
