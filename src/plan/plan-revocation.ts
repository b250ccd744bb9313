import {
  hostNamesOf,
  type ManifestAuthority,
  type ManifestCertificate,
  type ManifestRevokedCertificate,
} from '../bundle/manifest/manifest.js';
import type { BundleState } from '../bundle/state.js';
import type { MemberSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { IssueCode } from '../issue-codes.js';
import { leavesById } from '../pki/certificate-plan.js';
import { quoteValue } from '../text/quote-value.js';
import type { RevocationReason } from '../x509/revocation-reason.js';
import { formatTime, type UnixTime } from '../x509/time.js';
import { healthGate } from './gate.js';
import { removeMember } from './member-commands.js';
import { nextList, signedListFile } from './revocation-lists.js';
import type { Step } from './step.js';
import type { Change, HostUpdate, RevocationListUpdate, Update } from './update.js';
import { updateSteps } from './update-steps.js';

/**
 * Which certificates are revoked.
 *
 * @public
 */
export interface RevocationOptions {
  /** Seconds since the epoch. */
  readonly now: UnixTime;
  /** At least one: ids of certificates of the bundle (`client/backup`), or serial numbers, hexadecimal, of former ones. */
  readonly certificates: readonly string[];
  /** Default: `unspecified`. */
  readonly reason?: RevocationReason;
}

/**
 * Plans the next revocation lists, which members look into at each handshake: whoever dials with one of these certificates is refused from then on.
 * A serial number that the bundle does not know comes onto the list of every CA. A member whose peer pair is revoked is removed, too: a list judges
 * only who dials, and the others would go on dialling it.
 *
 * @throws EtcdBundleError `invalid-spec` for what is no certificate of the bundle, has ended, is revoked already or is a CA's, where members look into
 * no list, where the operator's own pair would go, and where too few members would be left
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planRevocation(state, { now, certificates: ['healthcheck-client/e3'], reason: 'keyCompromise' });
 * update.revocationLists?.map(({ authority }) => authority); // => ['ca']
 * ```
 * @public
 */
export function planRevocation(state: BundleState, options: RevocationOptions): Update {
  const { manifest, spec, plans } = state;
  const { now, reason = 'unspecified' } = options;
  const revoked = namedCertificates(state, options);
  const removed = removedMembers(state, revoked);
  const at = formatTime(now);
  const lists = manifest.authorities.flatMap((authority): readonly RevocationListUpdate[] => {
    const added = revoked
      .filter((one) => one.certificate === undefined || one.certificate.authority === authority.id)
      .map((one) => entryOf(one, at, reason));
    const plan = plans.find((one) => one.type === 'authority' && one.id === authority.id);
    return added.length === 0 || plan?.type !== 'authority' ? [] : [nextList(authority, plan.id, added)];
  });
  const hosts = manifest.hosts.map(
    ({ tarball: _tarball, files, ...host }): HostUpdate => ({
      ...host,
      files: files.map((file) => signedListFile(file, plans, lists) ?? { type: 'kept', file }),
    }),
  );
  const left = spec.members.filter(({ name }) => !removed.has(name));
  const asked = removed.size === 0 ? undefined : left;
  const reached = hosts.filter(({ name }) => !removed.has(name));
  return {
    action: 'revoke',
    spec,
    document: manifest.document,
    plans,
    revocationLists: lists,
    changes: revoked.map((one) => changeOf(one, spec.members, removed)),
    notices: [...noticesOf(revoked), ...[...removed].map(removedNotice)],
    certificates: [],
    hosts,
    gate: healthGate(asked),
    steps: [
      ...updateSteps(state, spec, reached, {
        plans: [],
        ended: new Set(),
        restarted: new Set(),
        ...(asked === undefined ? {} : { asked }),
      }),
      ...spec.members.filter(({ name }) => removed.has(name)).map((member) => removeStep(member, left)),
    ],
  };
}

interface Revoked {
  readonly serialNumber: string;
  /** Absent where the bundle does not know it. */
  readonly certificate?: ManifestCertificate;
}

const SERIAL = /^(?:[0-9a-f]{2}:?){8,32}$/i;

/** @throws EtcdBundleError with all that is wrong */
function namedCertificates(state: BundleState, { certificates, now }: RevocationOptions): readonly Revoked[] {
  const { manifest, spec } = state;
  if (spec.certificates.revocation !== true)
    throw new EtcdBundleError('invalid-spec', [
      issue(
        'no-revocation-list',
        'Members look into no revocation list.',
        'Write certificates.revocation: true into the document, and bring it to the members with update first: their settings change, and each is started again.',
      ),
    ]);
  const byId = new Map(manifest.certificates.map((certificate) => [certificate.id, certificate]));
  const bySerial = new Map(
    manifest.certificates.map((certificate) => [certificate.serialNumber, certificate]),
  );
  const listed = new Set(
    manifest.authorities.flatMap(({ revocationList }) =>
      (revocationList?.revoked ?? []).map(({ serialNumber }) => serialNumber),
    ),
  );
  const found = new Map<string, Revoked>();
  const issues: Issue[] = [];
  for (const name of certificates) {
    const serial = SERIAL.test(name)
      ? name
          .replaceAll(':', '')
          .toLowerCase()
          .replace(/^(?:00)+(?=.)/, '')
      : undefined;
    const certificate = byId.get(name) ?? (serial === undefined ? undefined : bySerial.get(serial));
    const serialNumber = certificate?.serialNumber ?? serial;
    const fault =
      serialNumber === undefined
        ? unknownIssue(name, manifest.authorities, [...byId.keys()])
        : faultOf({ serialNumber, certificate }, { name, listed, authorities: manifest.authorities, now });
    if (fault !== undefined) issues.push(fault);
    else if (serialNumber !== undefined)
      found.set(serialNumber, certificate === undefined ? { serialNumber } : { serialNumber, certificate });
  }
  const left = spec.members.length - removedMembers(state, [...found.values()]).size;
  if (left * 2 <= spec.members.length)
    issues.push(
      issue(
        'majority-lost',
        `Members whose peer pairs are revoked are removed, and ${left} of ${spec.members.length} are left, which is no majority.`,
        'Issue other pairs first with renew --role peer --all, and revoke the former ones by their serial numbers.',
      ),
    );
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
  return [...found.values()];
}

function faultOf(
  {
    serialNumber,
    certificate,
  }: { readonly serialNumber: string; readonly certificate: ManifestCertificate | undefined },
  {
    name,
    listed,
    authorities,
    now,
  }: {
    readonly name: string;
    readonly listed: ReadonlySet<string>;
    readonly authorities: readonly ManifestAuthority[];
    readonly now: UnixTime;
  },
): Issue | undefined {
  if (listed.has(serialNumber))
    return issue('revoked-already', `${quoteValue(name)} is revoked already.`, 'Leave it out.');
  if (authorities.some((one) => one.certificates.some((own) => own.serialNumber === serialNumber)))
    return authorityIssue(name);
  if (certificate === undefined) return undefined;
  if (certificate.notAfter < formatTime(now))
    return issue(
      'certificate-ended',
      `${name} ended on ${certificate.notAfter}, and nobody lets it in.`,
      'Leave it out.',
    );
  if (certificate.role === 'admin')
    return issue(
      'revokes-own-pair',
      "It is the operator's own pair, and the steps would shut you out.",
      `Issue another one first with renew --role admin --all, bring it into effect, and revoke ${serialNumber} then.`,
    );
  return undefined;
}

function unknownIssue(
  name: string,
  authorities: readonly ManifestAuthority[],
  ids: readonly string[],
): Issue {
  if (authorities.some(({ id }) => id === name)) return authorityIssue(name);
  const most = 8;
  const known = `${ids.slice(0, most).join(', ')}${ids.length > most ? ', …' : ''}`;
  return issue(
    'no-such-certificate',
    `The bundle has no certificate ${quoteValue(name)}.`,
    `Name one of ${known}, or a former one by its serial number, hexadecimal, of 8 octets or more.`,
  );
}

function authorityIssue(name: string): Issue {
  return issue(
    'authority-not-revocable',
    `${quoteValue(name)} is a CA, and no list of its own puts a CA out.`,
    'Change to another CA with rotate-ca.',
  );
}

/** It is about no key of the document. */
function issue(code: IssueCode, message: string, cure: string): Issue {
  return { code, path: '', message, cure };
}

function entryOf(
  { serialNumber, certificate }: Revoked,
  at: string,
  reason: RevocationReason,
): ManifestRevokedCertificate {
  return {
    serialNumber,
    at,
    reason,
    ...(certificate === undefined ? {} : { id: certificate.id, notAfter: certificate.notAfter }),
  };
}

/** Names of those who dial their peers with what goes; where all share one pair, they are all. */
function removedMembers({ plans }: BundleState, revoked: readonly Revoked[]): ReadonlySet<string> {
  const leaves = leavesById(plans);
  return new Set(
    revoked.flatMap(({ certificate }) => {
      const plan = certificate === undefined ? undefined : leaves.get(certificate.id);
      const dialsPeers = plan?.settings.some(({ name }) => PEER_PAIRS.includes(name)) === true;
      return certificate !== undefined && dialsPeers ? hostNamesOf(certificate.holder) : [];
    }),
  );
}

const PEER_PAIRS: readonly string[] = ['peer-cert-file', 'peer-client-cert-file'];

function changeOf(
  { serialNumber, certificate }: Revoked,
  members: readonly MemberSpec[],
  removed: ReadonlySet<string>,
): Change {
  return {
    hosts: members.map(({ name }) => name).filter((name) => !removed.has(name)),
    what: 'revocation list',
    detail: certificate === undefined ? `+ ${serialNumber}` : `+ ${certificate.id}, ${serialNumber}`,
    effect: 'copy',
  };
}

function noticesOf(revoked: readonly Revoked[]): readonly string[] {
  const certificates = revoked.flatMap(({ certificate }) => certificate ?? []);
  const clients = certificates.filter(
    ({ role }) => role !== 'server' && role !== 'peer' && role !== 'peer-client',
  );
  const servers = certificates.filter(({ role }) => role === 'server');
  return [
    'Connections that are open stay open: a list is looked into when one begins. To end them, restart the member that they lead to.',
    ...clients.map(
      ({ id, holder }) =>
        `${id} is still the pair of ${hostNamesOf(holder).join(', ')}, which is let in no more: renew --member ${hostNamesOf(holder)[0]} --all issues another one, update with a document without it takes it out for good.`,
    ),
    ...servers.map(
      ({ id }) =>
        `${id}: clients of etcd look into no list, and go on taking it for the server. What puts it out is another address, or another CA (rotate-ca).`,
    ),
  ];
}

function removedNotice(name: string): string {
  return `${name} is no member any more after the last step: its own dials are refused, and the others would go on dialling it. Where its host still obeys, stop etcd there first: to remove a leader that runs costs writes. replace brings it back on another host; update with a document without it leaves it out for good.`;
}

function removeStep(member: MemberSpec, left: readonly MemberSpec[]): Step {
  return {
    title: `Remove ${member.name}`,
    host: 'operator',
    commands: [removeMember(member)],
    gate: healthGate(left),
    back: [],
  };
}
