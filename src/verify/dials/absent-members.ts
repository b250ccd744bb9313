import type { MemberView } from '../../host/member-view.js';
import type { EtcdUrl } from '../../net/etcd-url.js';

/**
 * The members that initial-cluster names and whose files were not given, with their peer URLs.
 *
 * @internal
 */
export function absentMembers(members: readonly MemberView[]): ReadonlyMap<string, readonly EtcdUrl[]> {
  const given = new Set(members.map(({ name }) => name));
  return new Map(
    members.flatMap(({ initialCluster }) => [...(initialCluster ?? [])]).filter(([name]) => !given.has(name)),
  );
}
