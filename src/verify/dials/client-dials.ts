import type { ClientView } from '../../host/client-view.js';
import type { MemberView } from '../../host/member-view.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { isUnspecified, parseIpAddress } from '../../net/ip-address.js';
import type { ClusterView } from '../cluster-view.js';
import { hostNameFault } from '../trust/host-name.js';
import { absentMembers } from './absent-members.js';

/**
 * A client connecting to a member.
 *
 * @internal
 */
export interface ClientDial {
  readonly client: ClientView;
  readonly to: MemberView;
  readonly url: EtcdUrl;
  /** False where the URL may be that of a member whose files were not given. */
  readonly isCertain: boolean;
}

/** Where the files do not tell where a member listens, its certificates can still be judged. */
const SOMEWHERE: EtcdUrl = { scheme: 'https', host: '', port: '', text: 'https://' };

/**
 * Every client with every member that one of its endpoints leads to. An endpoint that is nobody's own, such as a load balancer's, may
 * lead to any of them, unless it is at the host of a member that was not given. Where a client names no endpoint, it is taken to use what the members advertise, those of its own host first.
 *
 * @internal
 */
export function clientDials({
  clients,
  members,
}: Pick<ClusterView, 'clients' | 'members'>): readonly ClientDial[] {
  const absent = absentMembers(members);
  const absentHosts = new Set([...absent.values()].flat().map(({ host }) => host));
  return clients.flatMap((client) => {
    if (client.endpoints.length === 0) {
      const here = members.filter(({ root }) => root === client.root);
      return (here.length > 0 ? here : members).flatMap((to) =>
        (to.urlsKnown ? to.advertiseClient : [SOMEWHERE]).map((url) => ({
          client,
          to,
          url,
          isCertain: true,
        })),
      );
    }
    return client.endpoints.flatMap((url) => {
      const own = members.filter((member) => servesAt(member, url));
      if (own.length > 0) return own.map((to) => ({ client, to, url, isCertain: true }));
      if (absentHosts.has(url.host)) return [];
      return members.map((to) => ({ client, to, url, isCertain: absent.size === 0 }));
    });
  });
}

/**
 * Whether a member listens at, or advertises, the host and port of a URL.
 *
 * @internal
 */
export function servesAt({ advertiseClient, listenClient }: MemberView, url: EtcdUrl): boolean {
  return [...advertiseClient, ...listenClient].some(
    ({ host, port }) => host === url.host && port === url.port,
  );
}

/**
 * A client that speaks TLS to a port without it, or plain HTTP to one with it; in the words of who notices.
 *
 * @internal
 */
export function schemeFault({ client, to, url }: ClientDial): string | undefined {
  const there = to.listenClient.filter(({ port }) => port === url.port);
  if (client.kind === 'certificate' || !servesAt(to, url) || there.length === 0) return undefined;
  if (there.some(({ scheme }) => scheme === url.scheme)) return undefined;
  return url.scheme === 'https'
    ? 'tls: first record does not look like a TLS handshake'
    : 'error reading server preface: EOF';
}

/**
 * Why the server certificate does not fit the host that a client connects to. What the client was told by the member counts, and what
 * leads to nowhere does not.
 *
 * @internal
 */
export function toldName({ client, to, url, isCertain }: ClientDial): string | undefined {
  const leaf = to.client.pair?.leaf;
  if (leaf === undefined || !isCertain || url.scheme !== 'https') return undefined;
  const isAdvertised = client.endpoints.length === 0 || isAdvertisedBy(to, url);
  return isAdvertised && isNowhere(url.host) ? undefined : hostNameFault(leaf, url.host);
}

/** @internal */
export function isAdvertisedBy({ advertiseClient }: MemberView, { host }: EtcdUrl): boolean {
  return advertiseClient.some((url) => url.host === host);
}

/** @internal */
export function isNowhere(host: string): boolean {
  const address = parseIpAddress(host);
  return host === '' || (address !== undefined && isUnspecified(address));
}
