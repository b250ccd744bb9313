import { absentMembers } from '../dials/absent-members.js';
import type { Rule } from '../rule.js';

const TARBALL = /^\/[^/]+\.(?:tar\.gz|tgz|tar)$/;

/** @internal */
export const membersFound: Rule = {
  name: 'members-found',
  summary: 'The files show at least one member, and all members that they name.',
  levels: ['error', 'notice'],
  source: 'systemd.unit(5), Unit File Load Path',
  *check({ members, clients, loosePairs, roots, unread }) {
    // Where nothing could be read, that is all there is to say.
    if (roots.length === 0 && unread.length > 0) return;
    if (members.length === 0) {
      const isAnyJudged = clients.length + loosePairs.length > 0;
      const what = isAnyJudged ? 'certificates and clients were checked on their own' : 'nothing was checked';
      const tarballs = roots.flatMap(({ files }) => [...files.keys()].filter((path) => TARBALL.test(path)));
      yield {
        level: isAnyJudged ? 'notice' : 'error',
        member: '',
        path: '',
        message: `No unit, static pod or kubeadm document in ${roots.map(({ name }) => name).join(', ') || 'what was given'} runs etcd${roots.some(({ gaps }) => gaps.some(({ isLimit }) => isLimit)) ? ', as far as they were read' : ''}; ${what}.`,
        cure:
          tarballs.length > 0
            ? `Name the tarballs themselves: ${tarballs.map((path) => path.slice(1)).join(' ')}`
            : 'Name the root of the host: the folder that holds its etc/.',
      };
    }
    const missing = [...absentMembers(members).keys()];
    if (missing.length > 0) {
      yield {
        level: 'notice',
        member: '',
        path: '',
        message: `The files of ${missing.join(', ')} were not given, so it is not known whether they would accept these members.`,
        cure: 'Name all hosts of the cluster at once.',
      };
    }
  },
};
