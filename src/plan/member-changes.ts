import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import { isDialled } from './join-steps.js';
import type { Membership } from './membership.js';
import type { Change } from './update.js';

/**
 * Who comes and who goes, in an operator's words, and what becomes of the others' initial-cluster.
 *
 * @internal
 */
export function memberChanges(
  { spec: before }: BundleState,
  after: ClusterSpec,
  { joining, leaving }: Membership,
): readonly Change[] {
  const formers = new Map(before.members.map((member) => [member.name, member]));
  const isGone = new Set(leaving);
  const comes = joining.map((member): Change => {
    const hosts = [member.name];
    const former = formers.get(member.name);
    if (former === undefined)
      return { hosts, what: 'new member', detail: 'learner, then voter', effect: 'join' };
    const detail = isDialled(member, former) ? 'a new host' : 'a new host: learner, then voter';
    return { hosts, what: 'member', detail, effect: 'rejoin' };
  });
  const goes = leaving.map(
    ({ name }): Change => ({
      hosts: [name],
      what: 'member',
      detail: 'no longer of the cluster',
      effect: 'leave',
    }),
  );
  const isNew = new Set(joining.map(({ name }) => name));
  const stay = before.members.filter((member) => !isGone.has(member) && !isNew.has(member.name));
  const details = [
    ...joining.filter(({ name }) => !formers.has(name)).map(({ name }) => `+ ${name}`),
    ...leaving.map(({ name }) => `- ${name}`),
  ];
  const isListed = before.cluster.discovery === undefined && stay.length > 0;
  if (!isListed || planInitialCluster(before) === planInitialCluster(after)) return [...comes, ...goes];
  return [
    ...comes,
    ...goes,
    {
      hosts: stay.map(({ name }) => name),
      what: 'initial-cluster',
      detail: details.length > 0 ? details.join(', ') : [...isNew].map((name) => `${name} moves`).join(', '),
      effect: 'unread',
    },
  ];
}

/**
 * What those have to be told who find members by something that is not in a tarball.
 *
 * @internal
 */
export function memberNotices(
  { spec: before }: BundleState,
  after: ClusterSpec,
  { joining, leaving }: Membership,
): readonly string[] {
  if (joining.length === 0 && leaving.length === 0) return [];
  const { discovery } = before.cluster;
  const isMoved = planInitialCluster(before) !== planInitialCluster(after);
  return [
    ...(discovery === undefined || !isMoved
      ? []
      : [
          `Clients look for members in the zone of ${discovery.domain}: its records are to name those of this document.`,
        ]),
    ...(after.kubernetes === undefined || !isMoved
      ? []
      : [
          'kube-apiserver keeps the endpoints of --etcd-servers until it is started with others: give it those of this document before a member leaves.',
        ]),
  ];
}
