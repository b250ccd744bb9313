import type { RootGap } from '../../host/host-root.js';
import type { Rule } from '../rule.js';

/** Places that are named one by one. */
const MAX_NAMED = 5;

/** What was not read of a host, so that nobody takes silence for an answer. */
export const rootGaps: Rule = {
  name: 'root-gaps',
  summary: 'Everything below a host root that may be configuration was read.',
  levels: ['warning', 'notice'],
  source: 'path_resolution(7); open(2), EACCES',
  *check({ roots }) {
    for (const { name, gaps } of roots) {
      const limits = gaps.filter(({ isLimit }) => isLimit);
      const others = gaps.filter(({ isLimit }) => !isLimit);
      if (limits.length > 0)
        yield {
          level: 'warning',
          member: name,
          path: limits[0]?.path ?? '',
          message: `Not everything was read: ${described(limits)}. What the files that were read name was opened; what nothing names was not looked at.`,
          cure: 'Give a copy of the host with its configuration alone: etc, run, usr/lib/systemd, usr/local.',
        };
      if (others.length > 0)
        yield {
          level: 'notice',
          member: name,
          path: others[0]?.path ?? '',
          message: `Not everything could be read: ${described(others)}.`,
          cure: 'Run it as a user who may read the whole root, if etcd needs any of it.',
        };
    }
  },
};

function described(gaps: readonly RootGap[]): string {
  const named = gaps
    .slice(0, MAX_NAMED)
    .map(({ path, why }) => (path === '' ? `the root ${why}` : `/${path} ${why}`));
  const more = gaps.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
