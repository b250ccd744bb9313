import type { ClusterSpec } from '../../cluster-spec.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { pathsWithin } from './paths-within.js';
import type { StateFolder } from './state-folders.js';

/** Folders that root alone may enter, on every distribution: root's home (file-hierarchy(7)), and those of DynamicUser= (systemd.exec(5)). */
const OF_ROOT: readonly string[] = ['/root', '/var/cache/private', '/var/lib/private', '/var/log/private'];

/**
 * Refuses paths of etcd below a folder that its account may not enter: it would end with "permission denied", or systemd with 203/EXEC.
 *
 * @param state - etcd's own folders
 * @internal
 */
export function checkClosedFolders(
  spec: ClusterSpec,
  state: readonly StateFolder[],
  issues: IssueList,
): void {
  const { etcd, certificates, systemd } = spec;
  if (systemd.user === 'root') return;
  const paths = {
    'etcd.binary': etcd.binary,
    ...Object.fromEntries(state.map(({ key, path }) => [key, path])),
    'etcd.configFile': etcd.config === 'yaml' ? etcd.configFile : undefined,
    'certificates.directory': certificates.tls === 'none' ? undefined : certificates.directory,
  };
  for (const { key, path, folder } of pathsWithin(OF_ROOT, paths, spec)) {
    issues.add(
      'folder-closed-to-service',
      key,
      `The service runs as ${systemd.user}, and ${folder}, which ${quoteValue(path)} lies in, is closed to all but root.`,
      'Choose another folder, or write systemd.user: root.',
    );
  }
}
