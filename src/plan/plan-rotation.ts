import { hostNamesOf, type ManifestAuthority } from '../bundle/manifest/manifest.js';
import { leavesByHost } from '../bundle/render.js';
import type { BundleState } from '../bundle/state.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { IssueCode } from '../issue-codes.js';
import { type AuthorityPlan, type LeafPlan, leavesById } from '../pki/certificate-plan.js';
import { quoteValue } from '../text/quote-value.js';
import type { UnixTime } from '../x509/time.js';
import { authorityEnd, cutNotices, refuseOutliving } from './authority-ends.js';
import { healthGate } from './gate.js';
import { nextList, signedListFile } from './revocation-lists.js';
import { makesAuthority, type RotationDirection, type RotationMove, rotationMove } from './rotation.js';
import { acceptedGate, presentedOnlyGate, type RotationGate } from './rotation-gates.js';
import { authorityText } from './stand-in-pki.js';
import { toCome, trustChanges, trustedFile, trustedTexts } from './trusted-files.js';
import {
  type Change,
  type HostUpdate,
  hasTarball,
  type RevocationListUpdate,
  type Update,
  type UpdatedFile,
} from './update.js';
import { updateSteps } from './update-steps.js';

/**
 * Which CAs change to a new key, and which way they go.
 *
 * @public
 */
export interface RotationOptions {
  /** Seconds since the epoch. */
  readonly now: UnixTime;
  /** Ids of CAs; absent: those whose rotation has begun, or all where none has. */
  readonly authorities?: readonly string[];
  /** Default: `forward`. */
  readonly direction?: RotationDirection;
}

/**
 * Plans the next generation of a rotation, in which a CA gives way to one with another key and nobody is refused on the way: hosts trust the new
 * one, too; then all pairs are issued under it; then it alone is trusted. The key of the old CA is not needed. `back` goes to the phase before,
 * `at-once` makes a new CA and all pairs of it in one generation, for a cluster that is down.
 *
 * @throws EtcdBundleError `invalid-spec` for a CA that the bundle does not have, one that the operator brought, CAs of different phases, or a way
 * back where there is none; `invalid-authority` where a pair would outlive its CA
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planRotation(state, { now });
 * update.rotation?.phase; // => 'trust'
 * update.certificates; // => []
 * ```
 * @public
 */
export function planRotation(state: BundleState, options: RotationOptions): Update {
  const { now, direction = 'forward' } = options;
  const { manifest, spec, plans: planned } = state;
  const authorities = chosenAuthorities(manifest.authorities, options);
  const move = moveOf(authorities, direction);
  const ids = new Set(authorities.map(({ id }) => id));
  const plans = leavesById(planned);
  const issued =
    move.pairs === undefined ? [] : [...plans.values()].filter(({ authority }) => ids.has(authority));
  const signing = signingState(state, ids, move);
  if (!makesAuthority(move)) refuseOutliving((id) => authorityEnd(signing, id), spec, issued, now);
  const isRotated = (plan: AuthorityPlan): boolean => ids.has(plan.id);
  const rotated = planned.filter((plan) => plan.type === 'authority').filter(isRotated);
  if (makesAuthority(move) && move.pairs === undefined) {
    // Pairs follow in a later generation, and would outlive a CA that lasts no longer than they do.
    const ends = new Map<string, UnixTime>(rotated.map(({ id, validity }) => [id, now + validity]));
    const later = [...plans.values()].filter(({ authority }) => ends.has(authority));
    refuseOutliving((id) => ends.get(id) ?? now, spec, later, now + 1);
  }
  // Who signs pairs from now on signs lists.
  const lists =
    move.pairs === undefined
      ? []
      : rotated.flatMap(({ id }): readonly RevocationListUpdate[] => {
          const authority = manifest.authorities.find((one) => one.id === id);
          return authority?.revocationList === undefined ? [] : [nextList(authority, id)];
        });
  const hosts = rotatedHosts(state, { rotated, move, issued, lists });
  const members = spec.members.map(({ name }) => name);
  const isAtOnce = direction === 'at-once';
  const gate = gateOf(state, move, { ids, issued, plans });
  const restarted = new Set(
    isAtOnce || move.trusts === undefined
      ? []
      : hosts
          .filter(isMember)
          .filter(hasTarball)
          .map(({ name }) => name),
  );
  return {
    action: 'rotate-ca',
    spec,
    document: manifest.document,
    plans: planned,
    rotation: { ids: rotated.map(({ id }) => id), direction, phase: move.to },
    changes: [
      ...(move.trusts === undefined
        ? []
        : trustChanges(hosts, rotated, TRUSTED[move.trusts], isAtOnce ? 'together' : 'restart')),
      ...pairChanges(issued, move),
    ],
    notices: [
      ...noticesOf(rotated, move),
      ...(makesAuthority(move) ? [] : cutNotices(signing, spec, issued, now)),
    ],
    certificates: issued.map(({ id }) => id),
    ...(lists.length === 0 ? {} : { revocationLists: lists }),
    hosts,
    gate: isAtOnce ? [] : [...healthGate(), ...gate.commands],
    steps: [
      ...gate.steps,
      ...updateSteps(state, spec, hosts, {
        plans: issued,
        ended: new Set(isAtOnce ? members : []),
        restarted,
        isTrustNew: move.trusts !== undefined,
        probes: gate.probes,
      }),
    ],
  };
}

const TRUSTED: Readonly<Record<NonNullable<RotationMove['trusts']>, string>> = {
  both: 'the old one and a new one are trusted',
  old: 'the old one alone again',
  new: 'the new one alone',
};

interface Rotating {
  readonly rotated: readonly AuthorityPlan[];
  readonly move: RotationMove;
  /** Of the pairs that are issued. */
  readonly issued: readonly LeafPlan[];
  readonly lists: readonly RevocationListUpdate[];
}

function chosenAuthorities(
  authorities: readonly ManifestAuthority[],
  { authorities: wanted }: RotationOptions,
): readonly ManifestAuthority[] {
  const begun = authorities.filter(({ phase }) => phase !== 'settled');
  if (wanted === undefined && authorities.length > 0) return begun.length > 0 ? begun : authorities;
  const known = authorities.map(({ id }) => id);
  const unknown = [...new Set(wanted)].filter((id) => !known.includes(id));
  if (unknown.length === 0 && authorities.length > 0)
    return authorities.filter(({ id }) => wanted?.includes(id) === true);
  const cure = known.length === 0 ? 'It has none at all.' : `Name one of ${known.join(', ')}.`;
  throw new EtcdBundleError(
    'invalid-spec',
    (unknown.length === 0 ? ['ca'] : unknown).map((id) =>
      issue('no-such-authority', `The bundle has no CA ${quoteValue(id)}.`, cure),
    ),
  );
}

function moveOf(authorities: readonly ManifestAuthority[], direction: RotationDirection): RotationMove {
  const [first] = authorities;
  const phases = new Set(authorities.map(({ phase }) => phase));
  if (first === undefined) throw new TypeError('no CA is chosen');
  const move = rotationMove(first.phase, direction);
  const issues: Issue[] = [];
  if (phases.size > 1 && direction !== 'at-once')
    issues.push(
      issue(
        'rotation-phases-differ',
        `${authorities.map(({ id, phase }) => `${id} is in the phase ${phase}`).join(', ')}: one generation does one phase.`,
        `Name one of them: --authority ${first.id}.`,
      ),
    );
  else if (move === undefined)
    issues.push(
      issue(
        'rotation-not-begun',
        `${authorities.map(({ id }) => id).join(' and ')} ${authorities.length === 1 ? 'is' : 'are'} not being rotated, and a rotation that has ended has no way back.`,
        'Leave out --back to begin a rotation.',
      ),
    );
  if (move !== undefined && makesAuthority(move))
    for (const { id, certificates } of authorities)
      if (certificates[0]?.origin === 'given')
        issues.push(
          issue(
            'brought-authority',
            `The document brings the CA ${id}, and a rotation makes the new one itself.`,
            'Take the phases of docs/day-two.md, "rotate-ca", by hand: trust files with both, pairs of the new CA, trust files with that alone.',
          ),
        );
  if (issues.length > 0 || move === undefined) throw new EtcdBundleError('invalid-spec', issues);
  return move;
}

/** It is about no key of the document. */
function issue(code: IssueCode, message: string, cure: string): Issue {
  return { code, path: '', message, cure };
}

/** With that CA first which signs from now on. */
function signingState(
  state: BundleState,
  ids: ReadonlySet<string>,
  { from, pairs }: RotationMove,
): BundleState {
  if (pairs === undefined || from === 'settled') return state;
  const authorities = state.manifest.authorities.map((authority) =>
    ids.has(authority.id) ? { ...authority, certificates: authority.certificates.slice(1) } : authority,
  );
  return { ...state, manifest: { ...state.manifest, authorities } };
}

/** Files of trusted CAs and pairs alone change: whatever else a newer release of this program would write differently stays as the hosts have it. */
function rotatedHosts(state: BundleState, { rotated, move, issued, lists }: Rotating): readonly HostUpdate[] {
  const texts = move.trusts === undefined ? NO_TEXTS : trustedTexts(state, textIn(state, rotated, move));
  const ofHost = leavesByHost(issued, ({ holder }) => holder);
  const keys = new Map(rotated.map(({ id, files }) => [files.key, id]));
  return state.manifest.hosts.map(({ tarball: _tarball, files, ...host }): HostUpdate => {
    const leaves = ofHost.get(host.name) ?? [];
    return {
      ...host,
      files: files.map((file): UpdatedFile => {
        const { path, mode, owner, kind } = file;
        const place = { path, mode, owner };
        const leaf = leaves.find((plan) => plan.files.certificate === path || plan.files.key === path);
        if (leaf !== undefined) {
          const half = leaf.files.key === path ? 'private-key' : 'certificate';
          return { type: 'issued', ...place, kind: half, certificate: leaf.id };
        }
        const list = signedListFile(file, rotated, lists);
        if (list !== undefined) return list;
        // The pair of a CA that a member has stays one: its certificate is the first one of the file until now.
        const key = kind === 'authority-key' && move.trusts === 'new' ? keys.get(path) : undefined;
        if (key !== undefined)
          return { type: 'authority', ...place, kind: 'authority-key', authority: key, around: ['', ''] };
        return trustedFile(file, texts.get(host.name), rotated);
      }),
    };
  });
}

const NO_TEXTS: ReturnType<typeof trustedTexts> = new Map();

/** What files of trusted CAs are to have of each. */
function textIn(
  { manifest }: BundleState,
  rotated: readonly AuthorityPlan[],
  move: RotationMove,
): (id: AuthorityPlan['id']) => string {
  const ids = new Set(rotated.map(({ id }) => id));
  return (id) => {
    const present = authorityText(manifest, id);
    if (!ids.has(id)) return present;
    if (makesAuthority(move)) return move.trusts === 'both' ? `${present}${toCome(id)}` : toCome(id);
    // The one that signs is the one that stays.
    return manifest.authorities.find((authority) => authority.id === id)?.certificates[0]?.certificate ?? '';
  };
}

function gateOf(
  state: BundleState,
  { gate }: RotationMove,
  {
    ids,
    issued,
    plans,
  }: {
    readonly ids: ReadonlySet<string>;
    readonly issued: readonly LeafPlan[];
    readonly plans: ReadonlyMap<string, LeafPlan>;
  },
): RotationGate {
  switch (gate) {
    case 'accepted':
      return acceptedGate(state, ids, issued);
    case 'presented':
      return presentedOnlyGate(state, ids, plans);
    case 'healthy':
    case 'none':
      return { commands: [], steps: [], probes: [] };
  }
}

function isMember({ kind }: HostUpdate): boolean {
  return kind === 'member';
}

function pairChanges(issued: readonly LeafPlan[], { pairs, gate }: RotationMove): readonly Change[] {
  return issued.map(({ role, holder }) => ({
    hosts: hostNamesOf(holder),
    what: `${role} certificate`,
    detail: pairs === 'old' ? 'under the old CA again' : 'under the new CA',
    effect: gate === 'none' && holder.type === 'members' ? 'together' : 'copy',
  }));
}

function noticesOf(rotated: readonly AuthorityPlan[], { from, to, gate }: RotationMove): readonly string[] {
  const keys = (name: string): string => rotated.map(({ id }) => `ca/${id}${name}.key`).join(', ');
  if (gate === 'none')
    return [
      'Only where the cluster is down: until every member has started again, none takes another one.',
      `Keys that are new: ${keys('')}.`,
    ];
  const next = (phase: string): string =>
    `Once each step is done everywhere: rotate-ca again for the ${phase} phase, or with --back.`;
  if (to === 'trust')
    return [
      from === 'settled'
        ? `New keys, which sign from the next phase on: ${keys('.next')}.`
        : `The old keys sign again; the new ones: ${keys('.next')}.`,
      next('next'),
    ];
  if (to === 'reissue')
    return [
      `The new keys sign from now on; the old ones, which --back alone needs: ${keys('.former')}.`,
      next('last'),
    ];
  return [
    from === 'trust'
      ? 'The new keys have gone: another rotation makes others.'
      : 'The old keys are of no use any more, and are in the former bundles alone. From here there is no way back.',
  ];
}
