import type { RootGap } from '../../host/root-gap.js';
import type { Rule } from '../rule.js';

interface GapKind {
  readonly kind: RootGap['kind'];
  readonly level: 'warning' | 'notice';
  readonly what: string;
  readonly rest: string;
  readonly cure: string;
}

const KINDS: readonly GapKind[] = [
  {
    kind: 'limit',
    level: 'warning',
    what: 'Not everything was read',
    rest: ' What the files that were read name was opened; what nothing names was not looked at.',
    cure: 'Give a copy of the host with its configuration alone: etc, run, usr/lib/systemd, usr/local.',
  },
  {
    kind: 'left out',
    level: 'warning',
    what: 'Not everything was gone into',
    rest: '',
    cure: 'Give a copy of the host with what concerns etcd alone, if etcd needs any of it.',
  },
  {
    kind: 'refused',
    level: 'notice',
    what: 'Not everything could be read',
    rest: '',
    cure: 'Run it as a user who may read the whole root, if etcd needs any of it.',
  },
  {
    kind: 'irregular',
    level: 'notice',
    what: 'Not everything that is named as a certificate is a file of this root',
    rest: '',
    cure: 'Put the file itself there, if etcd needs any of it.',
  },
];
/** Places that are named one by one. */
const MAX_NAMED = 5;

/** What was not read of a host, so that nobody takes silence for an answer. */
export const rootGaps: Rule = {
  name: 'root-gaps',
  summary: 'Everything below a host root that may be configuration was read.',
  levels: ['warning', 'notice'],
  source: 'path_resolution(7); open(2), EACCES',
  *check({ roots }) {
    for (const { name, gaps, limits } of roots) {
      const told = [...gaps, ...limits.leftOut];
      for (const { kind, level, what, rest, cure } of KINDS) {
        const some = told.filter((gap) => gap.kind === kind);
        const [first] = some;
        if (first === undefined) continue;
        yield { level, member: name, path: first.path, message: `${what}: ${described(some)}.${rest}`, cure };
      }
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
