import { hostNamesOf, type ManifestCertificate, type ManifestFile } from '../bundle/manifest/manifest.js';
import { leavesByHost } from '../bundle/render.js';
import type { BundleState } from '../bundle/state.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import { type LeafPlan, leavesById } from '../pki/certificate-plan.js';
import { judgeRenewal, type RenewalPolicy } from '../pki/renewal.js';
import { possibleNotAfter } from '../pki/validity.js';
import { formatTime, parseTime, type UnixTime } from '../x509/time.js';
import { authorityEnd, cutNotices, refuseOutliving } from './authority-ends.js';
import { healthGate } from './gate.js';
import { planExtension } from './plan-extension.js';
import { nextList, signedListFile } from './revocation-lists.js';
import type { Change, HostUpdate, RevocationListUpdate, Update, UpdatedFile } from './update.js';
import { updateSteps } from './update-steps.js';

/**
 * Which pairs are renewed, and when.
 *
 * @public
 */
export interface RenewalOptions {
  /** Seconds since the epoch. */
  readonly now: UnixTime;
  /** Default: those that end soon. */
  readonly policy?: RenewalPolicy;
  /** Only pairs that one of these hosts holds, named as in the manifest; all hosts where it is absent. */
  readonly hosts?: readonly string[];
  /** Only pairs of these roles; all roles where it is absent. Ids of CAs, alone: these are extended. */
  readonly roles?: readonly string[];
}

/**
 * Plans new pairs under the CAs that are there, or, where the roles are ids of CAs (`ca`, `peer-ca`), later ends for these, each with its own key.
 * Nothing else changes: whatever else a newer release of this program would write differently stays as the hosts have it.
 *
 * @throws EtcdBundleError `invalid-spec` for a host or a role that the bundle does not have, or not together, or a CA that is not extended here;
 * `invalid-authority` where a pair would outlive its CA
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planRenewal(state, { now });
 * update.certificates; // => []
 * planRenewal(state, { now, policy: { type: 'all' }, hosts: ['e2'] }).certificates.includes('peer/e2'); // => true
 * ```
 * @public
 */
export function planRenewal(state: BundleState, options: RenewalOptions): Update {
  const { manifest, spec } = state;
  const { now, policy = { type: 'ending' }, roles = [] } = options;
  refuseUnknown(state, options);
  const authorities = new Set<string>(manifest.authorities.map(({ id }) => id));
  const extended = roles.filter((role) => authorities.has(role));
  if (extended.length > 0) {
    if (extended.length < roles.length || options.hosts !== undefined) throw notTogether(extended);
    return planExtension(state, extended, { now, policy });
  }
  const plans = leavesById(state.plans);
  const due: Renewal[] = [];
  const bounded: ManifestCertificate[] = [];
  for (const certificate of manifest.certificates) {
    const plan = plans.get(certificate.id);
    if (plan === undefined || !isSelected(certificate, options)) continue;
    const notAfter = timeOf(certificate.notAfter);
    const verdict = judgeRenewal(
      {
        id: certificate.id,
        notBefore: timeOf(certificate.notBefore),
        notAfter,
        renewedUntil: possibleNotAfter(now, authorityEnd(state, certificate.authority), plan, spec),
      },
      policy,
      now,
    );
    if (verdict.type === 'due') due.push({ certificate, plan, isOver: notAfter <= now });
    if (verdict.type === 'bounded') bounded.push(certificate);
  }
  const issued = due.map(({ plan }) => plan);
  refuseOutliving((id) => authorityEnd(state, id), spec, issued, now);
  const ended = new Set(
    due.flatMap(({ plan, isOver }) => (isOver && plan.settings.length > 0 ? hostNamesOf(plan.holder) : [])),
  );
  const lists = dueLists(state, options);
  const dueByHost = leavesByHost(due, ({ certificate }) => certificate.holder);
  const hosts = manifest.hosts.map(
    ({ tarball: _tarball, files, ...host }): HostUpdate => ({
      ...host,
      files: files.map(
        (file) =>
          signedListFile(file, state.plans, lists) ?? updatedFile(file, dueByHost.get(host.name) ?? []),
      ),
    }),
  );
  return {
    action: 'renew',
    spec,
    document: manifest.document,
    plans: state.plans,
    ...(lists.length === 0 ? {} : { revocationLists: lists }),
    changes: [...due.map(changeOf), ...lists.map((list) => listChange(state, list))],
    notices: [...boundedNotices(state, bounded), ...cutNotices(state, spec, issued, now)],
    certificates: due.map(({ certificate }) => certificate.id),
    hosts,
    gate: ended.size > 0 ? [] : healthGate(),
    steps: updateSteps(state, spec, hosts, {
      plans: issued,
      ended,
      restarted: new Set(),
    }),
  };
}

function notTogether(authorities: readonly string[]): EtcdBundleError {
  const options = authorities.map((id) => `--role ${id}`).join(' ');
  return new EtcdBundleError('invalid-spec', [
    {
      code: 'authorities-alone',
      path: '',
      message: 'A CA is extended for all hosts, in a generation of its own.',
      cure: `Take ${options} alone, and then another generation for pairs.`,
    },
  ]);
}

/** One for each CA. */
function boundedNotices(state: BundleState, bounded: readonly ManifestCertificate[]): readonly string[] {
  return [...new Set(bounded.map(({ authority }) => authority))].map((authority) => {
    const own = bounded.filter((certificate) => certificate.authority === authority);
    const end = formatTime(authorityEnd(state, authority));
    return `${own.length} pairs of the CA ${authority} end soon, and new ones would hardly last longer: it ends on ${end}. renew --role ${authority} extends it, rotate-ca makes another one.`;
  });
}

interface Renewal {
  readonly certificate: ManifestCertificate;
  readonly plan: LeafPlan;
  readonly isOver: boolean;
}

function isSelected(
  { holder, role }: ManifestCertificate,
  { hosts, roles }: Pick<RenewalOptions, 'hosts' | 'roles'>,
): boolean {
  return (
    (hosts === undefined || hostNamesOf(holder).some((name) => hosts.includes(name))) &&
    (roles === undefined || roles.includes(role))
  );
}

function refuseUnknown({ manifest }: BundleState, { hosts = [], roles = [] }: RenewalOptions): void {
  const known = {
    hosts: manifest.hosts.map(({ name }) => name),
    roles: [
      ...new Set([
        ...manifest.certificates.map(({ role }) => role),
        ...manifest.authorities.map(({ id }) => id),
      ]),
    ],
  };
  const issues: Issue[] = [
    ...hosts
      .filter((name) => !known.hosts.includes(name))
      .map((name) => unknown('no-such-member', `host ${JSON.stringify(name)}`, known.hosts)),
    ...roles
      .filter((role) => !known.roles.includes(role))
      .map((role) => unknown('role-not-issued', `pair of role ${JSON.stringify(role)}`, known.roles)),
  ];
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
  const isAuthority = manifest.authorities.some(({ id }) => roles.includes(id));
  if (hosts.length > 0 && roles.length > 0 && !isAuthority)
    refuseNothingSelected(manifest.certificates, hosts, roles);
}

function refuseNothingSelected(
  certificates: readonly ManifestCertificate[],
  hosts: readonly string[],
  roles: readonly string[],
): void {
  if (certificates.some((certificate) => isSelected(certificate, { hosts, roles }))) return;
  const held = certificates.filter((certificate) => isSelected(certificate, { hosts }));
  const others = [...new Set(held.map(({ role }) => role))];
  throw new EtcdBundleError('invalid-spec', [
    {
      code: 'role-not-issued',
      path: '',
      message: `No pair of ${hosts.join(', ')} has the role ${roles.join(' or ')}.`,
      cure: others.length === 0 ? 'Name another host.' : `Name one of ${others.join(', ')}, or another host.`,
    },
  ]);
}

function unknown(code: Issue['code'], what: string, known: readonly string[]): Issue {
  const cure = known.length === 0 ? 'It has none at all.' : `Name one of ${known.join(', ')}.`;
  // It is about no key of the document.
  return { code, path: '', message: `The bundle has no ${what}.`, cure };
}

/** @param due - of the host */
function updatedFile(file: ManifestFile, due: readonly Renewal[]): UpdatedFile {
  const { path, mode, owner } = file;
  for (const { certificate, plan } of due) {
    const issued = { type: 'issued', path, mode, owner, certificate: certificate.id } as const;
    if (path === plan.files.certificate) return { ...issued, kind: 'certificate' };
    if (path === plan.files.key) return { ...issued, kind: 'private-key' };
  }
  return { type: 'kept', file };
}

function changeOf({ certificate, isOver }: Renewal): Change {
  const { holder, role, notAfter } = certificate;
  return {
    hosts: hostNamesOf(holder),
    what: `${role} certificate`,
    detail: `renewed, ${isOver ? 'ended' : 'was to end'} ${notAfter}`,
    effect: 'copy',
  };
}

/** Lists are of no host and no role. */
function dueLists(
  { manifest, spec, plans }: BundleState,
  { now, policy = { type: 'ending' }, hosts, roles }: RenewalOptions,
): readonly RevocationListUpdate[] {
  if (hosts !== undefined || roles !== undefined) return [];
  return plans.flatMap((plan): readonly RevocationListUpdate[] => {
    if (plan.type !== 'authority') return [];
    const authority = manifest.authorities.find(({ id }) => id === plan.id);
    const list = authority?.revocationList;
    if (authority === undefined || list === undefined) return [];
    const { type } = judgeRenewal(
      {
        id: plan.id,
        notBefore: timeOf(list.thisUpdate),
        notAfter: timeOf(list.nextUpdate),
        renewedUntil: now + spec.certificates.validity.leaf,
      },
      policy,
      now,
    );
    return type === 'due' ? [nextList(authority, plan.id)] : [];
  });
}

function listChange({ spec, manifest }: BundleState, { authority }: RevocationListUpdate): Change {
  const former = manifest.authorities.find(({ id }) => id === authority)?.revocationList;
  return {
    hosts: spec.members.map(({ name }) => name),
    what: `revocation list of ${authority}`,
    detail: `renewed, was due ${former?.nextUpdate}`,
    effect: 'copy',
  };
}

/** What is no time never ends: a manifest that was written here has none. */
function timeOf(text: string): UnixTime {
  return parseTime(text) ?? Number.POSITIVE_INFINITY;
}
