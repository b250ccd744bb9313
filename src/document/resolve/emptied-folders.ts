import type { ClusterSpec } from '../../cluster-spec.js';
import { clusterTokenFiles } from '../../etcd/auth-token.js';
import { isWithin } from '../../text/path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

/** What a boot, or systemd-tmpfiles after some days, empties (file-hierarchy(7)). */
const EMPTIED: readonly string[] = ['/dev/shm', '/run', '/tmp', '/var/run', '/var/tmp'];

/**
 * Refuses files of the bundle in folders that do not keep them: after its host's next boot the member would not start. Data is etcd's to
 * lose.
 *
 * @internal
 */
export function checkEmptiedFolders(spec: ClusterSpec, issues: IssueList): void {
  const { etcd, certificates } = spec;
  const paths = {
    'etcd.configFile': etcd.configFile,
    'certificates.directory': certificates.tls === 'none' ? undefined : certificates.directory,
  };
  const all = [
    ...Object.entries(paths),
    ...clusterTokenFiles(spec).map((file) => ['etcd.settings.auth-token', file] as const),
  ];
  for (const [key, path] of all) {
    const emptied = path === undefined ? undefined : EMPTIED.find((folder) => isWithin(path, folder));
    if (emptied === undefined) continue;
    issues.add(
      'folder-is-emptied',
      key,
      `${quoteValue(path)} lies in ${emptied}, which is emptied at each boot or after some days.`,
      'Choose a folder that stays, such as one below /etc.',
    );
  }
}
