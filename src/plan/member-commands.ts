import type { MemberSpec } from '../cluster-spec.js';
import { type Endpoint, endpointUrl } from '../net/endpoint.js';

/** Seconds after which what etcd still refuses will not be done by itself. */
const PATIENCE = 120;

/**
 * Adds a member that has no vote yet, so that the others go on without it whatever becomes of it (etcd 3.4 and later). `unhealthy cluster` is
 * etcd's word until all that vote have been connected for 5 s (`server/etcdserver/server.go`, mayAddMember and HealthInterval).
 *
 * @internal
 */
export function addLearner({ name, initialAdvertisePeerUrls }: MemberSpec): string {
  return repeated(`etcdctl member add ${name} --learner ${peerUrlsFlag(initialAdvertisePeerUrls)}`);
}

/**
 * Adds a member that has a vote at once. It opens its client port once it has caught up, whereas a learner refuses what clients ask that dial it
 * already: `rpc not supported for learner`.
 *
 * @internal
 */
export function addVoter({ name, initialAdvertisePeerUrls }: MemberSpec): string {
  return repeated(`etcdctl member add ${name} ${peerUrlsFlag(initialAdvertisePeerUrls)}`);
}

function peerUrlsFlag(urls: readonly Endpoint[]): string {
  return `--peer-urls=${urls.map(endpointUrl).join(',')}`;
}

/**
 * Gives a learner its vote once it has caught up; etcd refuses it before (`server/etcdserver/server.go`, isLearnerReady).
 *
 * @internal
 */
export function promoteLearner({ name }: MemberSpec): string {
  return repeated(`etcdctl member promote "${idOfName(name)}"`);
}

/**
 * Nothing is done where it is no member any more. Refused for some seconds, too, where it would leave fewer than a majority that has been connected
 * for 5 s (mayRemoveMember).
 *
 * @internal
 */
export function removeMember({ name }: MemberSpec): string {
  const id = `id=$(echo "$list" | awk -F', ' '$3 == "${name}" {print $1}')`;
  return repeated(
    `{ list=$(etcdctl member list) && ${id} && { [ -z "$id" ] || etcdctl member remove "$id"; }; }`,
  );
}

/**
 * Takes back what was added: a member that was never started has no name yet.
 *
 * @internal
 */
export function removeAdded({ initialAdvertisePeerUrls }: MemberSpec): string {
  return `etcdctl member remove "${idWhere('$4', initialAdvertisePeerUrls.map(endpointUrl).toSorted().join(','))}"`;
}

function repeated(command: string): string {
  return `i=0; until ${command} || [ $i -ge ${PATIENCE} ]; do i=$((i+1)); sleep 1; done; [ $i -lt ${PATIENCE} ]`;
}

function idOfName(name: string): string {
  return idWhere('$3', name);
}

/** The columns of `member list` are id, status, name, peer URLs, client URLs, whether it is a learner. */
function idWhere(column: string, value: string): string {
  return `$(etcdctl member list | awk -F', ' '${column} == "${value}" {print $1}')`;
}
