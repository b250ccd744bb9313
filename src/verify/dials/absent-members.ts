import type { MemberView } from '../../host/member-view.js';
import type { EtcdUrl } from '../../net/etcd-url.js';

/**
 * The members that initial-cluster names and whose files were not given, with their peer URLs. Of a later generation of a bundle all hosts are
 * there, and what a member was started with may name others that have gone.
 *
 * @internal
 */
export function absentMembers(members: readonly MemberView[]): ReadonlyMap<string, readonly EtcdUrl[]> {
  const given = new Set(members.map(({ name }) => name));
  const absent = new Map<string, readonly EtcdUrl[]>();
  // Members that were given the same text share the list.
  if (members.some(({ root }) => root.hasRun)) return absent;
  for (const cluster of new Set(members.map(({ initialCluster }) => initialCluster)))
    for (const [name, urls] of cluster ?? []) if (!given.has(name)) absent.set(name, urls);
  return absent;
}
