import type { MemberSpec } from '../cluster-spec.js';
import { endpointUrl } from '../net/endpoint.js';

/** Seconds after which a learner that is not in sync will not become so by itself. */
const PATIENCE = 120;

/**
 * Adds a member that has no vote yet, so that the others go on without it whatever becomes of it (etcd 3.4 and later).
 *
 * @internal
 */
export function addLearner({ name, initialAdvertisePeerUrls }: MemberSpec): string {
  return `etcdctl member add ${name} --learner --peer-urls=${initialAdvertisePeerUrls.map(endpointUrl).join(',')}`;
}

/**
 * Gives a learner its vote once it has caught up; etcd refuses it before (`server/etcdserver/server.go`, isLearnerReady).
 *
 * @internal
 */
export function promoteLearner({ name }: MemberSpec): string {
  return `i=0; until etcdctl member promote "${idOfName(name)}" || [ $i -ge ${PATIENCE} ]; do i=$((i+1)); sleep 1; done; [ $i -lt ${PATIENCE} ]`;
}

/** @internal */
export function removeMember({ name }: MemberSpec): string {
  return `etcdctl member remove "${idOfName(name)}"`;
}

/**
 * Takes back what was added: a member that was never started has no name yet.
 *
 * @internal
 */
export function removeAdded({ initialAdvertisePeerUrls }: MemberSpec): string {
  return `etcdctl member remove "${idWhere('$4', initialAdvertisePeerUrls.map(endpointUrl).toSorted().join(','))}"`;
}

function idOfName(name: string): string {
  return idWhere('$3', name);
}

/** The columns of `member list` are id, status, name, peer URLs, client URLs, whether it is a learner. */
function idWhere(column: string, value: string): string {
  return `$(etcdctl member list | awk -F', ' '${column} == "${value}" {print $1}')`;
}
