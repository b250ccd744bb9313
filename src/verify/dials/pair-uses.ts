import type { RootIndex } from '../../host/host-root.js';
import type { MemberView, TlsView } from '../../host/member-view.js';
import type { Pair, Trust } from '../../host/pair.js';
import type { ClusterView } from '../cluster-view.js';
import type { FindingLevel } from '../finding.js';
import { peerLevel } from './peer-dials.js';

/**
 * A pair that something uses, and how bad it is when it cannot.
 *
 * @internal
 */
export interface PairUse {
  /** Member or root. */
  readonly label: string;
  readonly root: RootIndex;
  readonly pair: Pair;
  /** For people: `peer`, `server`, `client`. */
  readonly role: string;
  /** The setting that names the certificate, where it is etcd's own. */
  readonly setting: string;
  /** When etcd cannot load it. */
  readonly loading: FindingLevel;
  /** When nobody accepts it. */
  readonly refused: FindingLevel;
}

/** @internal */
export interface TrustUse {
  readonly label: string;
  readonly trust: Trust;
  /** Whether etcd's own settings name the file. */
  readonly isMember: boolean;
  readonly setting: string;
  readonly loading: FindingLevel;
  /** When it accepts nobody. */
  readonly refusing: FindingLevel;
}

/**
 * Whether etcd loads the files of a side. Those among peers it loads always, for its own transport; those towards clients only where an
 * https URL wants them (etcd `embed/serve.go`, `rafthttp/transport.go`).
 *
 * @internal
 */
export function isLoaded(member: MemberView, { prefix }: TlsView): boolean {
  if (prefix === 'peer-' || !member.urlsKnown) return true;
  return [...member.listenClient, ...member.listenHttp, ...member.listenMetrics].some(
    ({ scheme }) => scheme === 'https',
  );
}

const pairs = new WeakMap<ClusterView, readonly PairUse[]>();
const trusts = new WeakMap<ClusterView, readonly TrustUse[]>();
const byMember = new WeakMap<ClusterView, ReadonlyMap<string, MemberUses>>();

/** @internal */
export interface MemberUses {
  readonly pairs: readonly PairUse[];
  readonly trusts: readonly TrustUse[];
}

/**
 * What one member, or the clients of one root, use.
 *
 * @internal
 */
export function usesOf(view: ClusterView, label: string): MemberUses {
  const known = byMember.get(view) ?? groupUses(view);
  byMember.set(view, known);
  return known.get(label) ?? { pairs: [], trusts: [] };
}

function groupUses(view: ClusterView): ReadonlyMap<string, MemberUses> {
  const uses = new Map<string, { readonly pairs: PairUse[]; readonly trusts: TrustUse[] }>();
  const of = (label: string): { readonly pairs: PairUse[]; readonly trusts: TrustUse[] } => {
    const own = uses.get(label) ?? { pairs: [], trusts: [] };
    uses.set(label, own);
    return own;
  };
  for (const use of pairUses(view)) of(use.label).pairs.push(use);
  for (const use of trustUses(view)) of(use.label).trusts.push(use);
  return uses;
}

/**
 * Every pair in use, worked out once: many rules ask.
 *
 * @internal
 */
export function pairUses(view: ClusterView): readonly PairUse[] {
  const uses = pairs.get(view) ?? listPairUses(view);
  pairs.set(view, uses);
  return uses;
}

/** @internal */
export function trustUses(view: ClusterView): readonly TrustUse[] {
  const uses = trusts.get(view) ?? listTrustUses(view);
  trusts.set(view, uses);
  return uses;
}

function listPairUses(view: ClusterView): readonly PairUse[] {
  const own = view.members.flatMap((member): readonly PairUse[] =>
    [member.client, member.peer].flatMap((side) => {
      const { prefix, pair, ownClientPair } = side;
      const loading: FindingLevel = isLoaded(member, side) ? 'error' : 'notice';
      const refused: FindingLevel =
        loading === 'notice' ? 'notice' : prefix === 'peer-' ? peerLevel(member, view) : 'error';
      const use = { label: member.label, root: member.root, loading, refused };
      const server: readonly PairUse[] =
        pair === undefined
          ? []
          : [{ ...use, pair, role: prefix === '' ? 'server' : 'peer', setting: `${prefix}cert-file` }];
      const client: readonly PairUse[] =
        ownClientPair === undefined || ownClientPair === pair
          ? []
          : [
              {
                ...use,
                pair: ownClientPair,
                role: `${prefix === '' ? "gateway's" : "peer's"} client`,
                setting: `${prefix}client-cert-file`,
                refused: prefix === '' ? 'warning' : refused,
              },
            ];
      return [...server, ...client];
    }),
  );
  const clients = view.clients.flatMap(({ pair, root, kind }): readonly PairUse[] =>
    pair === undefined
      ? []
      : [{ label: root.name, root, pair, role: 'client', setting: kind, loading: 'error', refused: 'error' }],
  );
  return [...own, ...clients];
}

function listTrustUses(view: ClusterView): readonly TrustUse[] {
  const own = view.members.flatMap((member): readonly TrustUse[] =>
    [member.client, member.peer].flatMap((side) => {
      if (side.trust === undefined) return [];
      const loading: FindingLevel = isLoaded(member, side) ? 'error' : 'notice';
      const refusing: FindingLevel =
        loading === 'notice' ? 'notice' : side.prefix === 'peer-' ? peerLevel(member, view) : 'error';
      return [
        {
          label: member.label,
          isMember: true,
          trust: side.trust,
          setting: `${side.prefix}trusted-ca-file`,
          loading,
          refusing,
        },
      ];
    }),
  );
  const clients = view.clients.flatMap(({ trust, root, kind }): readonly TrustUse[] =>
    trust === undefined
      ? []
      : [{ label: root.name, isMember: false, trust, setting: kind, loading: 'error', refusing: 'error' }],
  );
  return [...own, ...clients];
}
