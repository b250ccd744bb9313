import type { ClusterSpec } from '../../cluster-spec.js';
import { type LogFile, logFiles } from '../../etcd/log-files.js';
import { withOwnFolders } from '../../etcd/own-folders.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { distinctStates, type MemberState } from './state-folders.js';

const PATH = 'etcd.settings.log-outputs';

/**
 * Refuses log files that the service could not open: etcd says `open sink "/var/log/etcd.log": permission denied`, and ends. root
 * without a sandbox opens them anywhere, and so does a static pod, which has the folder mounted.
 *
 * @param states - where each member has its folders
 * @internal
 */
export function checkLogFiles(spec: ClusterSpec, states: readonly MemberState[], issues: IssueList): void {
  if (spec.kubernetes?.staticPod === true) return;
  const { user, hardening } = spec.systemd;
  const isBound = user !== 'root' || hardening;
  for (const { text, folder, owner } of filesOf(spec, states)) {
    const name = text.split('/').at(-1) ?? '';
    if (/^\.{0,2}$/.test(name)) {
      const message = `${quoteValue(text)} is a folder, but etcd logs to a file.`;
      issues.add(
        'log-file-is-folder',
        PATH,
        message,
        'Write the path of a file, such as /var/log/etcd/etcd.log.',
      );
    } else if (isBound && owner === 'other') {
      const message = `${folder}, the folder of the log file ${quoteValue(text)}, is not the service's own: ${user === 'root' ? 'its sandbox does not reach there' : `${user} may not write there`}.`;
      issues.add(
        'log-file-out-of-reach',
        PATH,
        message,
        `Write /var/log/etcd/${name}: the bundle makes its folder.`,
      );
    }
  }
}

/** A file may be in one member's own folder, and out of another's reach. */
function filesOf(spec: ClusterSpec, states: readonly MemberState[]): readonly LogFile[] {
  const all = distinctStates(states).flatMap(({ data, wal }) =>
    logFiles(withOwnFolders(spec, { dataDir: data.path, walDir: wal?.path })),
  );
  return [...new Map(all.map((file) => [`${file.owner} ${file.text}`, file])).values()];
}
