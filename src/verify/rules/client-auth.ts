import type { MemberView } from '../../host/member-view.js';
import { isOn, pathOf } from '../../host/settings/settings.js';
import type { ClusterView } from '../cluster-view.js';
import { peerLevel } from '../dials/peer-dials.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';
import { isPrivateAuthority, UNKNOWN_AUTHORITY } from '../trust/public-authorities.js';

/** @internal */
export const clientAuth: Rule = {
  name: 'client-auth',
  summary: 'Clients and peers are asked for a certificate, and checked against an authority of the cluster.',
  levels: ['error', 'warning', 'notice'],
  source: 'etcd client/pkg/transport/listener.go, ServerConfig; etcd-io/etcd#11124, #14090',
  *check(view) {
    for (const member of view.members) {
      yield* towardsClients(member, view);
      yield* amongPeers(member, view);
    }
  },
};

function* towardsClients(
  { label, settings, client, listenClient, urlsKnown }: MemberView,
  view: ClusterView,
): Generator<Fault> {
  const isSecure = urlsKnown && listenClient.some(({ scheme }) => scheme === 'https');
  if (!isSecure || client.pair === undefined) return;
  const place = { member: label, path: pathOf(settings, 'client-cert-auth') };
  if (client.trust === undefined && client.needsCertificate) {
    yield {
      ...place,
      level: isPrivateAuthority(client.pair.leaf?.rawIssuer, view.pemFiles) ? 'error' : 'warning',
      message:
        "client-cert-auth is on without trusted-ca-file: clients are checked against the system's list of public authorities.",
      cure: 'Set trusted-ca-file to the authority of the clients.',
      etcdSays: UNKNOWN_AUTHORITY,
    };
  } else if (!client.needsCertificate) {
    yield {
      ...place,
      level: 'warning',
      message:
        'Clients are not asked for a certificate: anyone who reaches the port can read and write everything, unless authentication is on.',
      cure: 'Set client-cert-auth to true and trusted-ca-file to the authority of the clients.',
    };
  } else if (!isOn(settings, 'client-cert-auth')) {
    yield {
      ...place,
      level: 'notice',
      message:
        'trusted-ca-file alone makes etcd ask clients for a certificate, whatever client-cert-auth says; their common name does not become an etcd user.',
      cure: 'Set client-cert-auth to true to make that explicit.',
    };
  }
}

function* amongPeers(own: MemberView, view: ClusterView): Generator<Fault> {
  const { label, settings, peer, listenPeer, urlsKnown } = own;
  const isSecure = urlsKnown && listenPeer.some(({ scheme }) => scheme === 'https');
  if (!isSecure || peer.pair === undefined) return;
  const place = { member: label, path: pathOf(settings, 'peer-trusted-ca-file') };
  if (peer.trust === undefined && !isOn(settings, 'peer-auto-tls')) {
    yield {
      ...place,
      level: isPrivateAuthority(peer.pair.leaf?.rawIssuer, view.pemFiles) ? peerLevel(own, view) : 'warning',
      message:
        "There is no peer-trusted-ca-file: peers are checked against the system's list of public authorities.",
      cure: 'Set peer-trusted-ca-file to the authority of the peers.',
      etcdSays: UNKNOWN_AUTHORITY,
    };
  } else if (!peer.needsCertificate) {
    yield {
      ...place,
      level: 'warning',
      message: 'Peers are not asked for a certificate.',
      cure: 'Set peer-client-cert-auth to true.',
    };
  }
}
