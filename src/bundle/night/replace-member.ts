import type { ClusterSpec } from '../../cluster-spec.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function replaceMember({ members }: ClusterSpec): NightChapter | undefined {
  const spare = Math.ceil(members.length / 2) - 1;
  if (spare < 1) return undefined;
  const lost = spare === 1 ? 'One member' : `Up to ${spare} members`;
  return {
    title: 'Replace a member whose host or disk is lost',
    parts: [
      `${lost} of ${members.length}, and the others go on. \`etcd-bundle replace <this folder> <member>\` makes new pairs and a runbook that removes the member and lets it join again, empty, under its name; with \`--address <address>\` on a host elsewhere.`,
    ],
  };
}
