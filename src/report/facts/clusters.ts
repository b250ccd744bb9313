import type { ClientView } from '../../host/client-view.js';
import type { MemberView, TlsView } from '../../host/member-view.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import { clustersOf } from '../../verify/clusters.js';
import { absentMembers } from '../../verify/dials/absent-members.js';
import { clientDials } from '../../verify/dials/client-dials.js';
import { signsItself } from '../../verify/dials/peer-dials.js';
import type { ClientFacts, ClusterFacts, MemberFacts, Protection } from './facts.js';

/**
 * Members and clients of each cluster, and who dials whom.
 *
 * @internal
 */
export function clusterFacts(view: ClusterView): readonly ClusterFacts[] {
  return clustersOf(view).map((cluster) => ({
    members: cluster.members.map(memberFacts),
    absent: [...absentMembers(cluster.members).keys()],
    clients: clientGroups(cluster),
  }));
}

function memberFacts(member: MemberView): MemberFacts {
  const { label, root, service, client, peer } = member;
  return {
    name: label,
    host: root.name,
    startedBy: service.path,
    listenClient: textsOf([...member.listenClient, ...member.listenHttp]),
    listenPeer: textsOf(member.listenPeer),
    listenMetrics: textsOf(member.listenMetrics),
    advertiseClient: textsOf(member.advertiseClient),
    clients: protectionOf(member.listenClient, client, member.urlsKnown),
    peers: signsItself(member) ? 'server TLS' : protectionOf(member.listenPeer, peer, member.urlsKnown),
  };
}

function textsOf(urls: readonly EtcdUrl[]): readonly string[] {
  return urls.map(({ text }) => text);
}

/** The weakest of its URLs counts, but those of the host itself. */
function protectionOf(urls: readonly EtcdUrl[], { needsCertificate }: TlsView, isKnown: boolean): Protection {
  if (!isKnown) return 'unknown';
  const outer = urls.filter(({ host, socket }) => socket === undefined && !isLoopback(host));
  const counted = outer.length > 0 ? outer : urls;
  if (counted.some(({ scheme }) => scheme === 'http' || scheme === 'unix')) return 'plain HTTP';
  return needsCertificate ? 'mutual TLS' : 'server TLS';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Every member of a large cluster has the same clients: those that are alike are told once. */
function clientGroups(cluster: ClusterView): readonly ClientFacts[] {
  const reached = new Map<ClientView, Set<string>>();
  for (const { client, to } of clientDials(cluster)) {
    const names = reached.get(client) ?? new Set<string>();
    reached.set(client, names.add(to.label));
  }
  const groups = new Map<string, ClientFacts & { readonly hosts: string[]; readonly to: string[] }>();
  for (const client of cluster.clients) {
    const { kind, path, root, endpoints, pair } = client;
    const names = [...(reached.get(client) ?? [])];
    const urls = textsOf(endpoints);
    const isLocal = urls.length === 0 && names.length === 1;
    const key = JSON.stringify([kind, path, urls, isLocal ? 'own host' : names, pair?.certificate.path]);
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, {
        kind,
        path,
        hosts: [root.name],
        endpoints: urls,
        to: names,
        presents: pair?.certificate.path,
        isTls: urls.length === 0 ? pair !== undefined : urls.every((url) => /^(?:https|unixs):/.test(url)),
      });
    else {
      group.hosts.push(root.name);
      if (isLocal) for (const name of names) group.to.push(name);
    }
  }
  return [...groups.values()];
}
