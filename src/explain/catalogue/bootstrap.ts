import type { KnownMessage } from '../known-message.js';

/** @internal */
export const bootstrapMessages: readonly KnownMessage[] = [
  {
    id: 'name-not-in-initial-cluster',
    level: 'error',
    title: 'The member is not in its own initial-cluster',
    wordings: [{ text: 'couldn\'t find local name "{name}" in the initial cluster configuration' }],
    cause:
      '--name is "{name}", and initial-cluster has no such member. A space behind a comma there belongs to the name that follows.',
    cure: 'Write the same name in both, and no spaces in initial-cluster. With snapshot restore, --name, --initial-cluster and --initial-advertise-peer-urls belong on that command too.',
    source: 'etcd server/config/config.go VerifyBootstrap',
  },
  {
    id: 'advertised-urls-differ',
    level: 'error',
    title: 'The advertised peer URLs are not those of initial-cluster',
    wordings: [
      {
        text: '--initial-cluster has {cluster-urls} but missing from --initial-advertise-peer-urls={advertised}',
      },
      {
        text: '--initial-advertise-peer-urls has {advertised} but missing from --initial-cluster={cluster-urls}',
      },
      {
        text: '--initial-cluster must include {cluster-urls} given --initial-advertise-peer-urls={advertised}',
        releases: 'before 3.4',
      },
      { text: 'failed to resolve {advertised} to match --initial-cluster={cluster-urls}' },
    ],
    cause:
      'initial-cluster has {cluster-urls} for this member, and it advertises {advertised}. Scheme, host and port must be the same.',
    cure: "Write the same URLs in --initial-advertise-peer-urls and behind this member's name in --initial-cluster, on every member.",
    source: 'etcd server/config/config.go advertiseMatchesCluster',
  },
  {
    id: 'initial-cluster-forgotten',
    isConsequence: true,
    level: 'error',
    title: 'Settings of the first start are missing',
    wordings: [
      { text: 'forgot to set --initial-cluster?', releases: '3.5 and later' },
      { text: 'forgot to set --initial-cluster flag?', releases: '3.4' },
      { text: 'forgot to set --initial-advertise-peer-urls?', releases: '3.5 and later' },
      { text: 'forgot to set --initial-advertise-peer-urls flag?', releases: '3.4' },
      { text: 'if you want to use discovery service, please set --discovery flag' },
      { text: 'V3 discovery settings (i.e., --discovery-token, --discovery-endpoints) are not set' },
    ],
    cause:
      '--initial-cluster or --initial-advertise-peer-urls has its default, and the other one is set: they do not name the same peer URL for this member.',
    cure: 'Set both: --initial-advertise-peer-urls to the peer URL of this member, and --initial-cluster to <name>=<that URL> of every member.',
    source: 'etcd server/etcdmain/etcd.go startEtcdOrProxyV2',
  },
  {
    id: 'initial-cluster-duplicate-url',
    level: 'error',
    title: 'Two members of initial-cluster have the same URL',
    wordings: [{ text: 'initial cluster {cluster} has duplicate url' }, { text: 'has duplicate url' }],
    cause: 'One URL stands twice in initial-cluster[[: {cluster}]].',
    cure: 'Give each member its own peer URL.',
    source: 'etcd server/config/config.go hasDuplicateURLs',
  },
  {
    id: 'initial-cluster-malformed',
    level: 'error',
    title: 'initial-cluster is not a list of members',
    wordings: [{ text: 'error setting up initial cluster: {reason}' }],
    cause: 'One entry of initial-cluster is not <name>=<URL>[[: {reason}]].',
    cure: 'Write it as e1=https://10.0.0.1:2380,e2=https://10.0.0.2:2380, without spaces, one = for each URL.',
    source: 'etcd client/pkg/types/urlsmap.go NewURLsMap',
  },
  {
    id: 'initial-cluster-unset',
    level: 'error',
    title: 'Nothing tells who the members are',
    wordings: [{ text: 'initial cluster unset and no discovery URL found' }],
    cause: 'Neither initial-cluster nor a discovery setting is given, and there is no data yet.',
    cure: 'Set --initial-cluster to all members.',
    source: 'etcd server/config/config.go VerifyBootstrap',
  },
  {
    id: 'already-bootstrapped',
    level: 'error',
    title: 'The cluster knows this member already',
    wordings: [{ text: 'member {member-id} has already been bootstrapped' }],
    cause:
      'Member {member-id} has run in this cluster before, and its data folder is gone or another one; its other members still wait for the old one.',
    cure: 'On a healthy member: etcdctl member remove {member-id}, then etcdctl member add with its peer URL; start it with an empty data folder, the initial-cluster that was printed, and initial-cluster-state=existing.',
    source: 'etcd server/etcdserver/bootstrap.go; etcd issues 2780 and 11410',
  },
  {
    id: 'cluster-id-mismatch',
    level: 'error',
    title: 'Two members are of two clusters',
    wordings: [
      {
        text: 'request cluster ID mismatch (got {remote-cluster-id} want {local-cluster-id})',
        releases: '3.4',
      },
      { text: 'cluster ID mismatch: {who}={remote-cluster-id}, local={local-cluster-id}', releases: '3.4' },
      { text: 'cluster ID mismatch' },
    ],
    cause:
      'A peer belongs to another cluster: it was started with another initial-cluster or initial-cluster-token, has the data folder of an earlier cluster, or was started alone once, as packages do when they are installed.',
    cure: 'Make initial-cluster and initial-cluster-token the same everywhere; on the member that is wrong stop etcd, move its data folder away and start it again (existing, where the cluster runs already).',
    source: 'etcd server/etcdserver/api/rafthttp/stream.go; etcd issues 10601, 11562 and 12361',
  },
  {
    id: 'cannot-fetch-cluster',
    isConsequence: true,
    level: 'error',
    title: 'The cluster to join cannot be reached',
    wordings: [
      { text: 'cannot fetch cluster info from peer urls' },
      { text: 'could not get cluster response from {url}:', releases: '3.4' },
      { text: 'failed to get cluster response', releases: '3.5 and later' },
      { text: 'failed to get cluster from remote peers', releases: '3.4 and 3.5' },
    ],
    cause:
      'initial-cluster-state is existing, or this is a proxy of the v2 API, and none of the other peer URLs[[, such as {url},]] answered: they are down, unreachable, or TLS fails.',
    cure: 'Start the other members first and try one of their peer URLs from here. For a new cluster write initial-cluster-state=new.',
    source:
      'etcd server/etcdserver/cluster_util.go getClusterFromRemotePeers; 3.5 server/etcdmain/etcd.go startProxy',
  },
  {
    id: 'member-count',
    level: 'error',
    title: 'initial-cluster is not what the cluster is',
    wordings: [
      { text: 'member count is unequal' },
      { text: 'PeerURLs: no match found for existing member' },
      { text: 'unmatched member while checking PeerURLs', releases: 'before 3.4' },
    ],
    cause:
      'The member joins with an initial-cluster that has other members than the cluster: mostly "member add" was not run, or the list is of before or after.',
    cure: 'etcdctl member add first, and use the initial-cluster that it prints.',
    source: 'etcd server/etcdserver/api/membership/cluster.go ValidateClusterAndAssignIDs',
  },
];
