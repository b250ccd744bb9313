import { type EtcdUrl, parseUrlList } from '../../net/etcd-url.js';

/**
 * Reads initial-cluster as etcd does (`client/pkg/types/urlsmap.go`): names are not trimmed, so that a space after a comma becomes part
 * of one; a name that comes twice is one member with two URLs.
 *
 * @internal
 */
export function parseInitialCluster(text: string): {
  readonly members: ReadonlyMap<string, readonly EtcdUrl[]>;
  readonly fault?: string;
} {
  const members = new Map<string, EtcdUrl[]>();
  for (const pair of text.split(',')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const { urls, fault } = parseUrlList(equals < 0 ? '' : pair.slice(equals + 1));
    if (fault !== undefined) return { members, fault };
    members.set(name, [...(members.get(name) ?? []), ...urls]);
  }
  return { members };
}
