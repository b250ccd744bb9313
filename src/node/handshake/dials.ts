import type { ClientView } from '../../host/client-view.js';
import type { Pair } from '../../host/pair.js';
import { isOn } from '../../host/settings/settings.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import { type ClientDial, clientDials, schemeFault, servesAt } from '../../verify/dials/client-dials.js';
import {
  clientDialFaults,
  type DialFault,
  gatewayFaults,
  peerDialFaults,
} from '../../verify/dials/dial-faults.js';
import { gatewayMembers } from '../../verify/dials/gateway-dials.js';
import { peerDials, signsItself } from '../../verify/dials/peer-dials.js';
import type { HandshakeResult } from './handshake-result.js';

/**
 * A cell of the matrix: one who dials another, at whichever of its URLs.
 *
 * @internal
 */
export interface HandshakeDial {
  readonly from: string;
  readonly to: string;
  readonly listener: HandshakeResult['listener'];
  readonly near: Pair | undefined;
  readonly far: Pair | undefined;
  /** Whether the listener asks for a certificate. */
  readonly wantsCertificate: boolean;
  /** What the rules say of it. */
  readonly faults: readonly DialFault[];
}

/**
 * Every connection over TLS: peers first, then each member's gateway, then the clients.
 *
 * @internal
 */
export function handshakeDials(view: ClusterView): readonly HandshakeDial[] {
  return [...amongPeers(view), ...ofGateways(view), ...ofClients(view)];
}

function amongPeers(view: ClusterView): readonly HandshakeDial[] {
  const place = new Map(view.members.map((member, index) => [member, index]));
  const dials = peerDials(view)
    .filter(({ isSelf, url, from, to }) => !isSelf && url.scheme === 'https' && ![from, to].some(signsItself))
    .sort((a, b) => (place.get(a.from) ?? 0) - (place.get(b.from) ?? 0));
  return cellsOf(dials).map(({ from, to, own }) => ({
    from: from.label,
    to: to.label,
    listener: 'peer',
    near: from.peer.ownClientPair,
    far: to.peer.pair,
    wantsCertificate: to.peer.needsCertificate,
    faults: own.flatMap((dial) => [...peerDialFaults(dial, view)]),
  }));
}

function ofGateways(view: ClusterView): readonly HandshakeDial[] {
  return gatewayMembers(view).map((member) => ({
    from: member.label,
    to: member.label,
    listener: 'gateway',
    near: member.client.ownClientPair,
    far: member.client.pair,
    wantsCertificate: member.client.needsCertificate,
    faults: [...gatewayFaults(member, view)],
  }));
}

function ofClients(view: ClusterView): readonly HandshakeDial[] {
  const names = clientNames(view.clients);
  const dials = clientDials(view)
    .filter(isOverTls)
    .map((dial) => ({ from: dial.client, to: dial.to, dial }));
  return cellsOf(dials).map(({ from, to, own }) => ({
    from: names.get(from) ?? from.path,
    to: to.label,
    listener: 'client',
    near: from.pair,
    far: to.client.pair,
    wantsCertificate: to.client.needsCertificate,
    faults: own.flatMap(({ dial }) => [...clientDialFaults(dial, view)]),
  }));
}

/** By one of the two at least; what a listener signs for itself at its start lies in no file. */
function isOverTls(dial: ClientDial): boolean {
  const { to, url } = dial;
  if (to.client.pair === undefined && isOn(to.settings, 'auto-tls')) return false;
  if (schemeFault(dial) !== undefined) return true;
  return url.scheme === 'https' && (to.client.pair !== undefined || servesAt(to, url));
}

/** `admin:client.crt`: the host and what the client presents, with the whole path where that is not enough. */
function clientNames(clients: readonly ClientView[]): ReadonlyMap<ClientView, string> {
  const shown = (client: ClientView): string => client.pair?.certificate.path ?? client.path;
  const short = (client: ClientView): string =>
    `${client.root.name}:${shown(client).slice(shown(client).lastIndexOf('/') + 1)}`;
  const counts = new Map<string, number>();
  for (const client of clients) counts.set(short(client), (counts.get(short(client)) ?? 0) + 1);
  return new Map(
    clients.map((client) => {
      const isAlone = counts.get(short(client)) === 1;
      return [client, isAlone ? short(client) : `${client.root.name}:${shown(client)} (${client.path})`];
    }),
  );
}

interface Cell<From, To, Dial> {
  readonly from: From;
  readonly to: To;
  readonly own: readonly Dial[];
}

function cellsOf<From, To, Dial extends { readonly from: From; readonly to: To }>(
  dials: readonly Dial[],
): readonly Cell<Dial['from'], Dial['to'], Dial>[] {
  const cells = new Map<From, Map<To, Dial[]>>();
  for (const dial of dials) {
    const row = cells.get(dial.from) ?? new Map<To, Dial[]>();
    cells.set(dial.from, row);
    row.set(dial.to, [...(row.get(dial.to) ?? []), dial]);
  }
  return [...cells.values()].flatMap((row) =>
    [...row.values()].flatMap((own) => {
      const [first] = own;
      return first === undefined ? [] : [{ from: first.from, to: first.to, own }];
    }),
  );
}
