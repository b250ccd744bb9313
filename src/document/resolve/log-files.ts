import type { ClusterSpec } from '../../cluster-spec.js';
import { logFiles } from '../../etcd/log-files.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

const PATH = 'etcd.settings.log-outputs';

/**
 * Refuses log files that the service could not open: etcd says `open sink "/var/log/etcd.log": permission denied`, and ends. root
 * without a sandbox opens them anywhere, and so does a static pod, which has the folder mounted.
 *
 * @internal
 */
export function checkLogFiles(spec: ClusterSpec, issues: IssueList): void {
  if (spec.kubernetes?.staticPod === true) return;
  const { user, hardening } = spec.systemd;
  const isBound = user !== 'root' || hardening;
  for (const { text, folder, owner } of logFiles(spec)) {
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
