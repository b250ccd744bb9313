import type { ClientView } from '../host/client-view.js';
import type { MemberView } from '../host/member-view.js';
import { settingValue } from '../host/settings/settings.js';
import type { EtcdUrl } from '../net/etcd-url.js';
import type { ClusterView } from './cluster-view.js';
import { servesAt } from './dials/client-dials.js';

/**
 * Divides what was found into clusters. Hosts that run one etcd each are one cluster, whatever their settings say; where a host runs
 * several, members belong together whose lists have a peer URL in common, under one name or one token. What that leaves apart joins the cluster with the same token
 * that has no member on its hosts: a wrong list is a mistake, and no cluster of its own.
 *
 * @returns one view for each cluster; the one given where there is no more than one
 * @internal
 */
export function clustersOf(view: ClusterView): readonly ClusterView[] {
  const groups = groupMembers(view.members);
  if (groups.length < 2) return [view];
  const clients = new Map(view.clients.map((client) => [client, clustersOfClient(client, groups, view)]));
  return groups.map((members) => ({
    ...view,
    members,
    clients: view.clients.filter((client) => clients.get(client)?.includes(members)),
  }));
}

type Members = readonly MemberView[];

function groupMembers(members: Members): readonly Members[] {
  const isCrowded = new Set(members.map(({ root }) => root)).size < members.length;
  if (!isCrowded) return [members];
  const parents = new Map(members.map((member) => [member, member]));
  const top = (member: MemberView): MemberView => {
    let at = member;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    return at;
  };
  const bySocket = new Map<string, MemberView>();
  for (const member of members)
    for (const socket of socketsOf(member)) {
      const other = bySocket.get(socket);
      if (other === undefined) bySocket.set(socket, member);
      else parents.set(top(member), top(other));
    }
  const groups = new Map<MemberView, MemberView[]>();
  for (const member of members) groups.set(top(member), [...(groups.get(top(member)) ?? []), member]);
  return joinStrays([...groups.values()]);
}

/** The peer URLs that a member knows of, each with its name and with the token; without a list its own. */
function socketsOf(member: MemberView): readonly string[] {
  const { initialCluster, advertisePeer, name, root } = member;
  const entries = [...(initialCluster ?? [])].flatMap(([owner, urls]) => urls.map((url) => ({ owner, url })));
  const known = entries.length > 0 ? entries : advertisePeer.map((url) => ({ owner: name, url }));
  return known.flatMap(({ owner, url }) => {
    // Loopback is another host's on each.
    const socket = `${isLoopback(url) ? root.name : ''} ${url.host}:${url.port}`;
    return [`name ${owner} ${socket}`, `token ${tokenOf(member)} ${socket}`];
  });
}

function isLoopback({ host }: EtcdUrl): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function joinStrays(groups: readonly Members[]): readonly Members[] {
  const joined: MemberView[][] = [];
  for (const group of groups.toSorted((a, b) => b.length - a.length)) {
    const home = joined.find(
      (other) =>
        other.every((member) => group.every((own) => own.root !== member.root)) &&
        tokenOf(other[0]) === tokenOf(group[0]),
    );
    if (home === undefined) joined.push([...group]);
    else for (const member of group) home.push(member);
  }
  // As they were found, so that reports do not jump.
  const order = new Map(groups.flat().map((member, index) => [member, index]));
  const place = (member: MemberView | undefined): number =>
    member === undefined ? 0 : (order.get(member) ?? 0);
  return joined
    .map((members) => members.toSorted((a, b) => place(a) - place(b)))
    .sort((a, b) => place(a[0]) - place(b[0]));
}

function tokenOf(member: MemberView | undefined): string {
  if (member === undefined) return '';
  return (
    settingValue(member.settings, 'initial-cluster-token', 'discovery', 'discovery-srv') ?? 'etcd-cluster'
  );
}

/**
 * By its endpoints, otherwise by the authority that signed its certificate, by the one it trusts, by the issuer's name, otherwise the
 * first: a client that names no endpoint may dial any. Names come last: the authorities of two clusters are both called etcd-ca.
 */
function clustersOfClient(
  { pair, trust: own, endpoints }: ClientView,
  groups: readonly Members[],
  { chainFault }: ClusterView,
): readonly Members[] {
  const issuer = pair?.leaf?.rawIssuer;
  const signs: readonly ((member: MemberView) => boolean)[] = [
    (member) => endpoints.some((url) => servesAt(member, url)),
    ({ client: { trust } }) =>
      pair?.leaf !== undefined && trust !== undefined && chainFault(pair, trust, 'clientAuth') === undefined,
    ({ client }) =>
      client.pair?.leaf !== undefined &&
      own !== undefined &&
      chainFault(client.pair, own, 'serverAuth') === undefined,
    ({ client: { trust } }) => trust?.roots.some(({ rawSubject }) => rawSubject === issuer) ?? false,
  ];
  const told = signs.map((isOne) => groups.filter((members) => members.some(isOne)));
  return told.find((members) => members.length > 0) ?? groups.slice(0, 1);
}
