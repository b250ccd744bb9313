import type { ClusterSpec } from '../../cluster-spec.js';
import type { NightChapter } from './chapter.js';
import { explainMessages } from './explain-messages.js';
import { findLeader } from './find-leader.js';
import { renewPairs } from './renew-pairs.js';
import { replaceMember } from './replace-member.js';
import { restoreCluster } from './restore-cluster.js';
import { rotateAuthority } from './rotate-authority.js';
import { saveSnapshot } from './save-snapshot.js';
import { shrinkDatabase } from './shrink-database.js';

/** In the order in which one needs them. */
const CHAPTERS: readonly ((spec: ClusterSpec) => NightChapter | undefined)[] = [
  explainMessages,
  findLeader,
  shrinkDatabase,
  saveSnapshot,
  renewPairs,
  rotateAuthority,
  replaceMember,
  restoreCluster,
];

/**
 * What an operator looks for at night: the last part of every runbook. Each command of its blocks runs as it stands.
 *
 * @internal
 */
export function nightChapters(spec: ClusterSpec): string {
  const chapters = CHAPTERS.flatMap((chapter) => chapter(spec) ?? []);
  return [
    '## At night',
    "On your own machine, in bash or zsh and with etcdctl's variables set, unless a host is named.",
    ...chapters.flatMap(({ title, parts }) => [`### ${title}`, ...parts]),
  ].join('\n\n');
}
