import type { ClientView } from '../../host/client-view.js';
import type { MemberView } from '../../host/member-view.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import type { ClusterView } from '../cluster-view.js';
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
