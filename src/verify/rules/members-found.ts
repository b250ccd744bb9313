import type { Rule } from '../rule.js';

/** Nothing here runs etcd, or only a part of the cluster was given. */
export const membersFound: Rule = {
  name: 'members-found',
  source: 'systemd.unit(5), Unit File Load Path',
  *check({ members, clients, loosePairs, roots }) {
    if (members.length === 0) {
      const what =
        clients.length + loosePairs.length > 0
          ? 'certificates and clients were judged by themselves'
          : 'nothing was judged';
      yield {
        level: clients.length + loosePairs.length > 0 ? 'notice' : 'warning',
        member: '',
        path: '',
        message: `No unit, static pod or kubeadm document in ${roots.map(({ name }) => name).join(', ') || 'what was given'} runs etcd; ${what}.`,
        cure: 'Name the root of the host: the folder that holds its etc/.',
      };
    }
    const names = new Set(members.map(({ name }) => name));
    const missing = [
      ...new Set(members.flatMap(({ initialCluster }) => [...(initialCluster?.keys() ?? [])])),
    ].filter((name) => !names.has(name));
    if (members.length > 0 && missing.length > 0) {
      yield {
        level: 'notice',
        member: '',
        path: '',
        message: `The files of ${missing.join(', ')} were not given: what they would say to these members is not known.`,
        cure: 'Name all hosts of the cluster at once.',
      };
    }
  },
};
