import type { ClusterView } from '../cluster-view.js';
import { absentMembers } from '../dials/absent-members.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

const TARBALL = /^\/[^/]+\.(?:tar\.gz|tgz|tar)$/;

/** @internal */
export const membersFound: Rule = {
  name: 'members-found',
  summary: 'The files show at least one member and how it is started, and all members that they name.',
  levels: ['error', 'warning', 'notice'],
  source: 'systemd.unit(5), Unit File Load Path',
  *check(view) {
    const { members, roots, unread } = view;
    // Where nothing could be read, that is all there is to say.
    if (roots.length === 0 && unread.length > 0) return;
    // What runs etcd and was not understood is told by another rule.
    if (members.length === 0 && view.unreadSources.length === 0) yield nobody(view);
    yield* madeUp(view);
    const missing = [...absentMembers(members).keys()];
    // A member whose name only the running host knows may be one of them.
    if (missing.length > members.filter(({ isNameKnown }) => !isNameKnown).length) {
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

/** A host of clients alone is none of etcd's; certificates alone say nothing of how they are used. */
function nobody({ clients, loosePairs, roots }: ClusterView): Fault {
  const isClients = clients.some(({ kind }) => kind !== 'certificate' && kind !== 'etcdctl');
  const isAnyJudged = clients.length + loosePairs.length > 0;
  const what = isClients
    ? 'its clients were checked on their own'
    : isAnyJudged
      ? 'nothing but certificates was checked'
      : 'nothing was checked';
  const tarballs = roots.flatMap(({ files }) => [...files.keys()].filter((path) => TARBALL.test(path)));
  const isCut = roots.some(({ gaps, limits }) =>
    [...gaps, ...limits.leftOut].some(({ kind }) => kind === 'limit' || kind === 'left out'),
  );
  return {
    level: isClients ? 'notice' : 'error',
    member: '',
    path: '',
    message: `No unit, pod, container, script or kubeadm document in ${roots.map(({ name }) => name).join(', ') || 'what was given'} runs etcd${isCut ? ', as far as they were read' : ''}; ${what}.`,
    cure:
      tarballs.length > 0
        ? `Name the tarballs themselves: ${tarballs.map((path) => path.slice(1)).join(' ')}`
        : 'Name the root of the host: the folder that holds its etc/.',
  };
}

/** Members that nothing starts, as far as the files tell. */
function* madeUp({ members }: ClusterView): Generator<Fault> {
  for (const { service, label } of members) {
    const place = { member: label, path: service.path };
    if (service.type === 'layout' && service.isCertificates)
      yield {
        ...place,
        level: 'error',
        message:
          'Nothing here starts etcd: the member is made up from the names of these files, and nothing but certificates was checked.',
        cure: 'Name the root of the host: the folder that holds its etc/.',
      };
    else if (service.type !== 'layout' && !service.isNamed)
      yield {
        ...place,
        level: 'warning',
        message: 'Nothing here starts etcd with it: the member is made up from this file alone.',
        cure: 'Give the unit, pod or script that starts etcd as well.',
      };
  }
}
