import type { Pair, Trust } from '../../host/pair.js';
import type { ClusterView } from '../cluster-view.js';
import { type PeerDial, peerDials, peerLevel } from '../dials/peer-dials.js';
import type { Rule } from '../rule.js';
import type { Usage } from '../trust/chain.js';
import { type ChainFinding, chainMessage, isToldElsewhere } from './chain-message.js';

/** @internal */
export const peerChain: Rule = {
  name: 'peer-chain',
  summary: "Peer certificates lead to the other side's CA file, for both usages.",
  levels: ['error', 'warning'],
  source: 'RFC 5280, 4.2.1.12 and 6; etcd client/pkg/transport/listener.go; etcd-io/etcd#9785',
  *check(view) {
    for (const { kind, ...fault } of peerChainFaults(view)) if (kind !== 'names') yield fault;
  },
};

/**
 * Everything that breaks a chain among peers, whichever rule reports it.
 *
 * @internal
 */
export function* peerChainFaults(view: ClusterView): Generator<ChainFinding> {
  for (const dial of peerDials(view)) {
    if (dial.url.scheme !== 'https') continue;
    for (const { pair, trust, usage, isOwners } of questions(dial))
      yield* judge(dial, pair, trust, usage, isOwners, view);
  }
  yield* layoutChains(view);
}

function questions({
  from,
  to,
}: PeerDial): readonly { pair: Pair; trust: Trust; usage: Usage; isOwners: 'from' | 'to' }[] {
  const [server, dialled] = [to.peer.pair, from.peer.trust];
  const [client, listening] = [from.peer.ownClientPair, to.peer.trust];
  return [
    ...(server === undefined || dialled === undefined
      ? []
      : [{ pair: server, trust: dialled, usage: 'serverAuth', isOwners: 'to' } as const]),
    ...(client === undefined || listening === undefined
      ? []
      : [{ pair: client, trust: listening, usage: 'clientAuth', isOwners: 'from' } as const]),
  ];
}

function* judge(
  { from, to, isSelf }: PeerDial,
  pair: Pair,
  trust: Trust,
  usage: Usage,
  isOwners: 'from' | 'to',
  view: ClusterView,
): Generator<ChainFinding> {
  const fault = view.chainFault(pair, trust, usage);
  if (fault === undefined || isToldElsewhere(fault, trust, view)) return;
  const [owner, other] = isOwners === 'to' ? [to, from] : [from, to];
  const ownTrust = owner.peer.trust;
  // What is wrong with the member's own files is reported once.
  if (!isSelf && ownTrust !== undefined && view.chainFault(pair, ownTrust, usage)?.kind === fault.kind)
    return;
  const { message, ...rest } = chainMessage(fault, pair, trust, usage);
  yield {
    kind: fault.kind,
    level: peerLevel(owner, view),
    member: owner.label,
    path: pair.certificate.path,
    message: isSelf ? message : `${other.label} does not accept it: ${message}`,
    ...rest,
  };
}

/** Even if it is unknown how etcd is run, the certificates have to fit their CA. */
function* layoutChains(view: ClusterView): Generator<ChainFinding> {
  for (const member of view.members) {
    if (member.urlsKnown) continue;
    for (const { pair, trust } of [member.client, member.peer]) {
      if (pair === undefined || trust === undefined) continue;
      for (const usage of ['serverAuth', 'clientAuth'] as const) {
        const fault = view.chainFault(pair, trust, usage);
        if (fault === undefined || isToldElsewhere(fault, trust, view)) continue;
        yield {
          kind: fault.kind,
          level: 'error',
          member: member.label,
          path: pair.certificate.path,
          ...chainMessage(fault, pair, trust, usage),
        };
      }
    }
  }
}
