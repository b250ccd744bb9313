import type { KnownMessage } from '../known-message.js';

/**
 * What a cluster says to who changes its members.
 *
 * @internal
 */
export const membershipMessages: readonly KnownMessage[] = [
  {
    id: 'member-removed',
    level: 'error',
    title: 'The member was removed from the cluster',
    wordings: [
      { text: 'the member has been permanently removed from the cluster' },
      { text: 'data-dir used by this member must be removed' },
      {
        text: 'Validation on configuration change failed',
        also: 'membership: ID removed',
        releases: '3.6 and later',
      },
    ],
    cause: '"etcdctl member remove" was run for this member: its data is of no use any more.',
    cure: 'To take it in again: etcdctl member add, an empty data folder, initial-cluster-state=existing.',
    source: 'etcd server/etcdserver/server.go; etcd server/etcdserver/api/rafthttp/http.go',
  },
  {
    id: 'too-many-learners',
    level: 'error',
    title: 'There are more learners than allowed',
    wordings: [
      { text: 'membership: too many learner members in cluster' },
      { text: 'too many learner members in cluster' },
    ],
    cause:
      'A learner is there that was not promoted yet; upgrading to 3.6 from 3.5.1 to 3.5.19, members that were promoted long ago come back as learners.',
    cure: 'etcdctl member promote the one that has caught up. Upgrade all members to the last 3.5 before 3.6.',
    source: 'etcd server/etcdserver/api/membership/cluster.go; etcd issue 19557',
  },
  {
    id: 'unhealthy-cluster',
    level: 'error',
    title: 'The cluster refuses a change because members are missing',
    wordings: [
      { text: 'etcdserver: unhealthy cluster' },
      { text: 'etcdserver: re-configuration failed due to not enough started members' },
      { text: 'not healthy for reconfigure, rejecting member', releases: '3.4' },
      { text: 'rejecting member add request; {reason}' },
      { text: 'rejecting member remove request; {reason}' },
      { text: 'rejecting member promote request; {reason}' },
      { text: 'rejecting member add; started member will be less than quorum' },
      { text: 'rejecting member remove; started member will be less than quorum' },
      { text: 'rejecting member promote; started member will be less than quorum' },
    ],
    cause:
      'With strict-reconfig-check members change only while enough of them work: they have to be connected for 5 seconds ("unhealthy cluster"), and those that were ever started have to be a quorum afterwards too ("not enough started members"). Mostly one was added and never started, as by a kubeadm join that broke off, or one is dead.',
    cure: 'etcdctl member list -w table and etcdctl endpoint health --cluster show which one is unstarted or dead. Start it, or etcdctl member remove <ID> it; then, a few seconds later, run the command again (kubeadm: kubeadm reset on the new host, then kubeadm join).',
    source: 'etcd server/etcdserver/server.go mayAddMember, HealthInterval; etcd pull request 21667',
  },
  {
    id: 'learner-not-ready',
    level: 'error',
    title: 'The learner has not caught up',
    wordings: [
      { text: 'rejecting promote learner: learner is not ready' },
      { text: 'etcdserver: can only promote a learner member which is in sync with leader' },
    ],
    cause: 'A learner votes only once it has 90 % of what the leader has.',
    cure: 'Wait until its raft index comes near that of the leader (etcdctl endpoint status --cluster -w table), and promote it then.',
    source: 'etcd server/etcdserver/server.go isLearnerReady',
  },
  {
    id: 'learner-refuses',
    level: 'error',
    title: 'A learner does not answer clients',
    wordings: [
      { text: 'etcdserver: rpc not supported for learner' },
      { text: 'etcdserver: can only promote a learner member' },
      { text: 'membership: can only promote a learner member' },
    ],
    cause:
      'A learner takes data and does not vote; it answers a few reads alone. Promotion is for learners: a member that votes already is none.',
    cure: 'Leave it out of the endpoints of clients until it is promoted: etcdctl member promote <ID>, once it has caught up. etcdctl member list shows who is a learner.',
    source:
      'etcd server/etcdserver/api/v3rpc/interceptor.go; etcd server/etcdserver/api/membership/cluster.go',
  },
  {
    id: 'peer-url-exists',
    level: 'error',
    title: 'The member is in the cluster already',
    wordings: [
      { text: 'etcdserver: Peer URLs already exists' },
      { text: 'membership: peerURL exists' },
      { text: 'etcdserver: member ID already exist' },
      { text: 'membership: ID exists' },
    ],
    cause:
      'A member with this peer URL is in the list: "member add" was run before, or the old member was not removed.',
    cure: 'etcdctl member list; where the member has lost its data, etcdctl member remove <ID> first, then member add. One that was added and never started shows as unstarted: start it with what member add printed.',
    source: 'etcd server/etcdserver/api/membership/errors.go',
  },
  {
    id: 'member-not-found',
    level: 'error',
    title: 'There is no such member',
    wordings: [{ text: 'etcdserver: member not found' }],
    cause: 'The ID is of no member, or of one that was removed already; it is hexadecimal.',
    cure: 'Take the ID from the first column of etcdctl member list.',
    source: 'etcd server/etcdserver/api/membership/errors.go',
  },
  {
    id: 'downgrade-refused',
    level: 'error',
    title: 'The cluster does not take the downgrade',
    wordings: [
      { text: 'etcdserver: cluster has a downgrade job in progress' },
      { text: 'etcdserver: no inflight downgrade job' },
      { text: 'etcdserver: invalid downgrade target version' },
      { text: 'etcdserver: wrong downgrade target version format' },
      { text: 'etcdserver: cluster version not found during downgrade' },
      { text: 'invalid downgrade target' },
    ],
    cause:
      'One downgrade runs already, or none does, or the target is not the minor release just below, written as 3.5.',
    cure: 'etcdctl downgrade validate 3.5, then downgrade enable 3.5 (from 3.6), all members one after the other; downgrade cancel ends one.',
    source: 'etcd server/etcdserver/version/downgrade.go',
  },
];
