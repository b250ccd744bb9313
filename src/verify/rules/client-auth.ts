import type { MemberView } from '../../host/member-view.js';
import { isOn, pathOf } from '../../host/settings/settings.js';
import type { ClusterView } from '../cluster-view.js';
import { peerLevel } from '../dials/peer-dials.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

const UNKNOWN = 'x509: certificate signed by unknown authority';

/** Who is asked for a certificate, and which authority it is checked against. */
export const clientAuth: Rule = {
  name: 'client-auth',
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
      level: isPrivate(client.pair.leaf?.rawIssuer, view) ? 'error' : 'warning',
      message:
        "client-cert-auth is on without trusted-ca-file: clients are checked against the system's list of public authorities.",
      cure: 'Set trusted-ca-file to the authority of the clients.',
      etcdSays: UNKNOWN,
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
      level: isPrivate(peer.pair.leaf?.rawIssuer, view) ? peerLevel(own, view) : 'warning',
      message:
        "There is no peer-trusted-ca-file: peers are checked against the system's list of public authorities.",
      cure: 'Set peer-trusted-ca-file to the authority of the peers.',
      etcdSays: UNKNOWN,
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

/** An authority whose certificate is not among those that the host was told to trust everywhere. */
function isPrivate(rawIssuer: string | undefined, view: ClusterView): boolean {
  if (rawIssuer === undefined) return false;
  return !view.pemFiles.some(
    ({ file }) =>
      /\/(?:usr\/local\/share\/ca-certificates|ca-trust\/source\/anchors)\//.test(file.path) &&
      file.certificates.some((result) => result.type === 'ok' && result.value.rawSubject === rawIssuer),
  );
}
