import type { MemberView } from '../../host/member-view.js';
import { isOn } from '../../host/settings/settings.js';
import type { ClusterView } from '../cluster-view.js';

/**
 * The members whose gRPC gateway dials their own client listener over TLS. It presents the server's pair, or client-cert-file, and does
 * not look at the certificate there (etcd `server/embed/serve.go`, InsecureSkipVerify).
 *
 * @internal
 */
export function gatewayMembers({ members }: Pick<ClusterView, 'members'>): readonly MemberView[] {
  return members.filter(({ settings, listenClient, urlsKnown, client }) => {
    const isSecure = listenClient.some(({ scheme }) => scheme === 'https');
    return isOn(settings, 'enable-grpc-gateway') && isSecure && urlsKnown && client.pair !== undefined;
  });
}
