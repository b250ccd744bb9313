import type { MemberView } from '../../host/member-view.js';
import type { Pair, Trust } from '../../host/pair.js';
import type { ClusterView } from '../cluster-view.js';
import type { Usage } from '../trust/chain.js';
import { hostNameFault } from '../trust/host-name.js';
import { sourceFault } from '../trust/peer-source.js';
import { isPrivateAuthority, UNKNOWN_AUTHORITY } from '../trust/public-authorities.js';
import { allowedBy, isHostAllowed, isNameAllowed, NOT_ALLOWED } from './allowed.js';
import { type ClientDial, schemeFault, toldName } from './client-dials.js';
import { checksSource, type PeerDial, peerSourceOf } from './peer-dials.js';
import { revocationFault, revocationsOf, revokedSerial, revokedWords } from './revoked.js';

/**
 * Why one side of a connection refuses the other, in the words of etcd and Go.
 *
 * @internal
 */
export interface DialFault {
  readonly by: 'dialler' | 'listener';
  readonly says: string;
}

const NO_CERTIFICATE = "tls: client didn't provide a certificate";

/**
 * What keeps one member from connecting to another one's peer URL: of the same judges as the rules, so that the two never differ.
 *
 * @internal
 */
export function* peerDialFaults(dial: PeerDial, view: ClusterView): Generator<DialFault> {
  const { from, to, url } = dial;
  const [server, client] = [to.peer.pair, from.peer.ownClientPair];
  yield* unloaded('listener', server);
  if (server === undefined) yield { by: 'listener', says: noListener(to.listenPeer, url.port) };
  if (server !== undefined) {
    yield* judged('dialler', server, from.peer.trust, 'serverAuth', view);
    const says =
      server.leaf === undefined || url.host === '' ? undefined : hostNameFault(server.leaf, url.host);
    if (says !== undefined) yield { by: 'dialler', says };
  }
  if (server?.leaf !== undefined && from.peer.pair !== undefined && !isPeerAllowed(from, server))
    yield { by: 'dialler', says: NOT_ALLOWED };
  if (client !== server) yield* unloaded('dialler', client);
  if (!to.peer.needsCertificate) return;
  if (client === undefined) {
    yield { by: 'listener', says: NO_CERTIFICATE };
    return;
  }
  yield* judged('listener', client, to.peer.trust, 'clientAuth', view);
  yield* revoked(to, to.peer, client, view);
  if (client.leaf === undefined) return;
  if (!isPeerAllowed(to, client)) yield { by: 'listener', says: NOT_ALLOWED };
  const source = checksSource(to) ? sourceFault(client.leaf, peerSourceOf(dial, view.members)) : undefined;
  if (source?.certain === true) yield { by: 'listener', says: source.says };
}

/**
 * What keeps a client from connecting to a member.
 *
 * @internal
 */
export function* clientDialFaults(dial: ClientDial, view: ClusterView): Generator<DialFault> {
  const { client, to, url } = dial;
  const scheme = schemeFault(dial);
  if (scheme !== undefined) yield { by: 'listener', says: scheme };
  if (url.scheme !== 'https') return;
  yield* unloaded('listener', to.client.pair);
  yield* unloaded('dialler', client.pair);
  if (to.client.pair !== undefined && client.trust !== undefined)
    yield* judged('dialler', to.client.pair, client.trust, 'serverAuth', view);
  const name = toldName(dial);
  if (name !== undefined) yield { by: 'dialler', says: name };
  if (!to.client.needsCertificate || to.client.pair === undefined) return;
  if (client.pair === undefined) {
    yield { by: 'listener', says: NO_CERTIFICATE };
    return;
  }
  yield* judged('listener', client.pair, to.client.trust, 'clientAuth', view);
  yield* revoked(to, to.client, client.pair, view);
  const hosts = allowedBy(to, 'client-cert-allowed-hostname');
  if (client.pair.leaf !== undefined && !isHostAllowed(client.pair.leaf, hosts))
    yield { by: 'listener', says: NOT_ALLOWED };
}

/**
 * What keeps a member's gRPC gateway from its own client listener.
 *
 * @internal
 */
export function* gatewayFaults({ client, ...member }: MemberView, view: ClusterView): Generator<DialFault> {
  const { pair, ownClientPair, trust } = client;
  yield* unloaded('listener', pair);
  if (ownClientPair !== pair) yield* unloaded('dialler', ownClientPair);
  if (!client.needsCertificate || ownClientPair === undefined) return;
  if (allowedBy({ client, ...member }, 'client-cert-allowed-hostname') !== undefined)
    yield { by: 'listener', says: NOT_ALLOWED };
  yield* judged('listener', ownClientPair, trust, 'clientAuth', view);
}

function* unloaded(by: DialFault['by'], pair: Pair | undefined): Generator<DialFault> {
  if (pair?.fault !== undefined && pair.fault.kind !== 'unread') yield { by, says: pair.fault.says };
}

/** One side's CA file, and what it makes of the other side's certificate. */
function* judged(
  by: DialFault['by'],
  pair: Pair,
  trust: Trust | undefined,
  usage: Usage,
  view: ClusterView,
): Generator<DialFault> {
  if (trust === undefined) {
    if (isPrivateAuthority(pair.leaf?.rawIssuer, view.pemFiles)) yield { by, says: UNKNOWN_AUTHORITY };
    return;
  }
  const { file, path, poolFault, unread } = trust.file;
  if (file === undefined && unread !== undefined) return;
  if (file === undefined) yield { by, says: `open ${path}: no such file or directory` };
  else if (poolFault !== undefined) yield { by, says: poolFault };
  else if (trust.roots.length === 0) yield { by, says: UNKNOWN_AUTHORITY };
  else {
    const fault = view.chainFault(pair, trust, usage);
    if (fault !== undefined) yield { by, says: fault.says };
  }
}

function* revoked(
  to: MemberView,
  side: MemberView['client'],
  pair: Pair,
  view: ClusterView,
): Generator<DialFault> {
  const unread = revocationFault(to, side, view);
  const serial = revokedSerial(pair, revocationsOf(to, side, view));
  if (unread !== undefined) yield { by: 'listener', says: unread };
  else if (serial !== undefined) yield { by: 'listener', says: revokedWords(serial) };
}

function isPeerAllowed(judge: MemberView, { leaf }: Pair): boolean {
  return (
    leaf === undefined ||
    (isNameAllowed(leaf, allowedBy(judge, 'peer-cert-allowed-cn')) &&
      isHostAllowed(leaf, allowedBy(judge, 'peer-cert-allowed-hostname')))
  );
}

/** A listener without a pair: etcd does not start, or speaks plain HTTP there. */
function noListener(listening: MemberView['listenPeer'], port: string): string {
  const there = listening.filter((url) => url.port === port);
  return there.length > 0 && there.every(({ scheme }) => scheme === 'http')
    ? 'tls: first record does not look like a TLS handshake'
    : 'KeyFile and CertFile are not presented';
}
