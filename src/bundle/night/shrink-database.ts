import type { ClusterSpec } from '../../cluster-spec.js';
import { fence } from '../fence.js';
import type { NightChapter } from './chapter.js';

/** Longer than a large database takes: etcdctl itself waits for 5 s. */
const PATIENCE = '--command-timeout=10m';
/** `fields` has the same names in every release, where the columns of `simple` moved in 3.6. */
const STATUS = 'etcdctl endpoint status --write-out=fields';
/** Each member by one of its endpoints, the leader last. Identifiers are compared as text: as numbers awk would round them. */
const BY_LEADERSHIP =
  'awk \'/^"MemberID"/ { id = $3 "" } /^"Leader"/ { leader = $3 "" } /^"Endpoint"/ && !seen[id]++ { gsub(/"/, "", $3); print id == leader, $3 }\' | sort';

/** @internal */
export function shrinkDatabase({ kubernetes }: ClusterSpec): NightChapter {
  return {
    title: 'Shrink the database',
    parts: [
      'Where writes end with `mvcc: database space exceeded`, or DB SIZE nears `quota-backend-bytes`:',
      fence(['etcdctl alarm list']),
      [
        'First the history goes: of each key the last revision stays.',
        ...(kubernetes === undefined ? [] : ['kube-apiserver does that every five minutes by itself.']),
        '"required revision has been compacted" says that it is gone already.',
      ].join(' '),
      fence([
        `revision=$(${STATUS} | sed -n 's/^"Revision" : //p' | sort -n | tail -n 1)`,
        `etcdctl ${PATIENCE} compact --physical "$revision"`,
      ]),
      'Then the file shrinks, one member after the other and the leader last: a member answers nobody while it is at it.',
      fence([
        `${STATUS} | ${BY_LEADERSHIP} | (while read -r _ url; do ETCDCTL_ENDPOINTS=$url etcdctl ${PATIENCE} defrag || exit 1; done)`,
      ]),
      'Then the alarm, which stays until somebody ends it. This ends every alarm: not where `alarm list` says `CORRUPT`.',
      fence(['etcdctl alarm disarm', 'etcdctl endpoint health', 'etcdctl endpoint status -w table']),
      'What is left is what the keys take: where that is near the quota, raise `quota-backend-bytes` in the document, and `etcd-bundle update`.',
    ],
  };
}
