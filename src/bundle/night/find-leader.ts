import type { ClusterSpec } from '../../cluster-spec.js';
import { endpointUrl } from '../../net/endpoint.js';
import { fence } from '../fence.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function findLeader({ members }: ClusterSpec): NightChapter {
  return {
    title: 'Find the leader',
    parts: [
      [
        '| endpoint | member |',
        '|---|---|',
        ...members.flatMap(({ name, advertiseClientUrls }) =>
          advertiseClientUrls.map((url) => `| ${endpointUrl(url)} | ${name} |`),
        ),
      ].join('\n'),
      fence(['etcdctl endpoint status -w table']),
      [
        '| column | what to look for |',
        '|---|---|',
        '| IS LEADER | `true` once. Nowhere: no majority is up, and nothing is written |',
        '| IS LEARNER | `true` only while a member is being added |',
        '| DB SIZE | about the same everywhere, and well below `quota-backend-bytes` |',
        '| RAFT TERM | the same everywhere, and the same in an hour: it grows with each election |',
        '| RAFT INDEX | about the same everywhere: who stays behind is slow or cut off |',
        '| ERRORS | empty: `NOSPACE` and `CORRUPT` are alarms, and writes are refused |',
      ].join('\n'),
      'A member that is not in the table did not answer: `systemctl status` and the journal on its host say why.',
    ],
  };
}
