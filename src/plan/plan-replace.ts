import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { parseClusterDocument } from '../document/parse.js';
import { withAddresses } from '../document/with-addresses.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../errors.js';
import { quoteValue } from '../text/quote-value.js';
import type { UnixTime } from '../x509/time.js';
import { fixedRefusals } from './fixed-refusals.js';
import { healthGate } from './gate.js';
import { bootstrapsOf, inHostOrder, type Membership } from './membership.js';
import { planChange } from './plan-update.js';
import type { GivenPrograms } from './programs.js';
import type { Update } from './update.js';
import { updateSteps } from './update-steps.js';

/**
 * Whose hosts are lost.
 *
 * @public
 */
export interface LostMembers {
  /** Names of members, at least one. */
  readonly members: readonly string[];
  /** By the names of those members that come back elsewhere: all their addresses, as in the document, the first of which is advertised. Default: as they were. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** Of the document's `etcd.archive`; needed where it names one. */
  readonly programs?: GivenPrograms;
}

/**
 * Plans new hosts for members that are lost, in a cluster that goes on without them: all of them are removed, and each gets new pairs and joins
 * under its name, as a learner where its address is another, with a vote at once where clients dial it as before. The document changes in their
 * addresses alone.
 *
 * @param options - `now`, seconds since the epoch
 * @throws EtcdBundleError `invalid-spec` for names that no member has, where those that are left are no majority, for addresses that are none or
 * belong to another member; `invalid-authority` where a pair would outlive its CA
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planReplace(state, { members: ['e3'], addresses: { e3: ['10.0.0.9'] } }, { now });
 * update.steps[0]?.title; // => 'Remove e3'
 * ```
 * @public
 */
export function planReplace(
  state: BundleState,
  lost: LostMembers,
  { now }: { readonly now: UnixTime },
): Update {
  const { document, spec } = wantedCluster(state, lost);
  const names = new Set(lost.members);
  const joining = spec.members.filter(({ name }) => names.has(name));
  const present = spec.members.filter(({ name }) => !names.has(name));
  const membership: Membership = {
    joining,
    leaving: [],
    bootstraps: bootstrapsOf(state, spec, { present, joining }),
  };
  const { programs } = lost;
  const planned = planChange(
    state,
    { spec, document, ...(programs === undefined ? {} : { programs }) },
    { membership, release: undefined, refused: fixedRefusals(withMoved(state.spec, joining), spec), now },
  );
  const { restarted, issued, ...change } = planned;
  return {
    ...change,
    action: 'replace',
    gate: healthGate(present),
    steps: updateSteps(state, spec, change.hosts, { plans: issued, ended: new Set(), restarted, membership }),
  };
}

/** @throws EtcdBundleError with all that is wrong */
function wantedCluster(
  { manifest, spec }: BundleState,
  { members, addresses = {} }: LostMembers,
): { readonly document: string; readonly spec: ClusterSpec } {
  const issues = lostIssues(spec, members, addresses);
  const document = withAddresses(manifest.document, new Map(Object.entries(addresses)));
  try {
    const wanted = Object.keys(addresses).length === 0 ? spec : parseClusterDocument(document);
    if (issues.length === 0) return { document, spec: inHostOrder(wanted, manifest.hosts) };
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    // Lines are those of a text that nobody has seen.
    for (const { code, path, message, cure } of error.issues) issues.push({ code, path, message, cure });
  }
  throw new EtcdBundleError('invalid-spec', issues);
}

function lostIssues(
  { members }: ClusterSpec,
  lost: readonly string[],
  addresses: Readonly<Record<string, readonly string[]>>,
): Issue[] {
  const names = new Set(lost);
  const known = new Set(members.map(({ name }) => name));
  const left = members.filter(({ name }) => !names.has(name)).length;
  return [
    ...[...names]
      .filter((name) => !known.has(name))
      .map(
        (name): Issue => ({
          code: 'no-such-member',
          path: '',
          message: `The bundle has no member ${quoteValue(name)}.`,
          cure: `Name one of ${[...known].join(', ')}.`,
        }),
      ),
    ...Object.keys(addresses)
      .filter((name) => !names.has(name))
      .map(
        (name): Issue => ({
          code: 'member-not-lost',
          path: '',
          message: `An address is given for ${quoteValue(name)}, which is not replaced.`,
          cure: 'Name that member, too, or leave out its address: a member that runs keeps it.',
        }),
      ),
    ...(left * 2 > members.length
      ? []
      : [
          {
            code: 'majority-lost' as const,
            path: '',
            message: `Without ${[...names].join(', ')} ${left} of ${members.length} members are left, which is no majority: they cannot let anybody in.`,
            cure: 'Bring a majority back, or make a new cluster from a snapshot with etcd-bundle restore.',
          },
        ]),
  ];
}

/** Where those who join were is nothing that has to stay. */
function withMoved(before: ClusterSpec, joining: readonly MemberSpec[]): ClusterSpec {
  const moved = new Map(joining.map((member) => [member.name, member]));
  return { ...before, members: before.members.map((member) => moved.get(member.name) ?? member) };
}
