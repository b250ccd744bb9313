import type { ClientView } from '../client-view.js';
import type { ClusterView } from '../cluster-view.js';
import type { MemberView } from '../member-view.js';
import type { EtcdUrl } from '../settings/etcd-url.js';

/**
 * A client connecting to a member.
 *
 * @internal
 */
export interface ClientDial {
  readonly client: ClientView;
  readonly to: MemberView;
  readonly url: EtcdUrl;
}

/** Where the files do not tell where a member listens, its certificates can still be judged. */
const SOMEWHERE: EtcdUrl = { scheme: 'https', host: '', port: '', text: 'https://' };

/**
 * Every client with every member that one of its endpoints leads to. An endpoint that is nobody's own, such as a load balancer's, may
 * lead to any of them. Where a client names no endpoint, it is taken to use what the members advertise, those of its own host first.
 *
 * @internal
 */
export function clientDials({
  clients,
  members,
}: Pick<ClusterView, 'clients' | 'members'>): readonly ClientDial[] {
  return clients.flatMap((client) => {
    if (client.endpoints.length === 0) {
      const here = members.filter(({ root }) => root === client.root);
      return (here.length > 0 ? here : members).flatMap((to) =>
        (to.urlsKnown ? to.advertiseClient : [SOMEWHERE]).map((url) => ({ client, to, url })),
      );
    }
    return client.endpoints.flatMap((url) => {
      const own = members.filter((member) => servesAt(member, url));
      return (own.length > 0 ? own : members).map((to) => ({ client, to, url }));
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
