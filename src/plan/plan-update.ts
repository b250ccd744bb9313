import { refuseUnreadArchive } from '../bundle/generate.js';
import { hostNamesOf } from '../bundle/manifest/manifest.js';
import { pkiByHost, planHosts } from '../bundle/render.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { EtcdBundleError } from '../errors.js';
import type { CertificatePlan, LeafPlan } from '../pki/certificate-plan.js';
import { planCertificates } from '../pki/plan.js';
import type { UnixTime } from '../x509/time.js';
import { authorityEnd, cutNotices, refuseOutliving } from './authority-ends.js';
import { authorityKeysOn } from './authority-keys.js';
import { borrowedFiles } from './borrowed-files.js';
import { compareDocuments } from './document-difference.js';
import { effectOf } from './effect.js';
import { fileChanges, goneClients, toldOf } from './file-changes.js';
import { fileFaults, fileRefusals } from './file-refusals.js';
import { anotherCluster, fixedRefusals } from './fixed-refusals.js';
import { healthGate } from './gate.js';
import { memberChanges, memberNotices } from './member-changes.js';
import { bootstrapsOf, inHostOrder, type Membership, planMembership } from './membership.js';
import { midwayRefusals } from './midway-refusals.js';
import { type NamedCertificates, namedCertificateRefusals, unreadNotice } from './named-certificates.js';
import {
  type GivenPrograms,
  needsPrograms,
  programChanges,
  programFiles,
  programsByMember,
} from './programs.js';
import { needsRaftSnapshot, raftSnapshotGate } from './raft-snapshot.js';
import { type Refusal, refusalIssues } from './refusal.js';
import { type Reissue, reissuedLeaves } from './reissued-leaves.js';
import {
  type ReleaseStep,
  releaseChange,
  releaseGate,
  releaseNotices,
  releaseRefusals,
  releaseStep,
} from './release.js';
import { isSame, type RenderedFile, type RenderedHost, renderOn } from './rendered-host.js';
import { firstLists, listFile } from './revocation-lists.js';
import { standInPki } from './stand-in-pki.js';
import { type Change, type HostUpdate, pathOf, type Update, type UpdatedFile } from './update.js';
import { updateSteps } from './update-steps.js';

/**
 * What a cluster is to become.
 *
 * @public
 */
export interface WantedCluster {
  /** What the document means. */
  readonly spec: ClusterSpec;
  /** Its text, which the manifest keeps. */
  readonly document: string;
  /** What the files of CAs hold that it names; absent where nobody looked, and without those that are not there. */
  readonly named?: readonly NamedCertificates[];
  /** Needed where `needsPrograms` says so. */
  readonly programs?: GivenPrograms;
}

/**
 * Plans what brings a cluster to another document: which pairs are issued, which files change on which host, and in which steps. Members, their
 * addresses and folders, the release and the CAs stay: what would change them is refused, everything at once.
 *
 * @param options - `now`, seconds since the epoch
 * @throws EtcdBundleError `invalid-spec` for what an update does not change, and as planCertificates does; `invalid-authority` where a pair would
 * outlive its CA
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const { text } = await readDocument('cluster.yaml');
 * const update = planUpdate(state, { spec: parseClusterDocument(text), document: text }, { now });
 * update.changes; // => []
 * ```
 * @public
 */
export function planUpdate(
  state: BundleState,
  wanted: WantedCluster,
  { now }: { readonly now: UnixTime },
): Update {
  const { hosts } = state.manifest;
  const another = anotherCluster(state.spec, wanted.spec);
  if (another !== undefined) throw new EtcdBundleError('invalid-spec', [another]);
  const spec = inHostOrder(wanted.spec, hosts);
  const membership = planMembership(state, spec);
  const release = releaseStep(state.spec, spec);
  const refused = [...releaseRefusals(state.spec, spec), ...fixedRefusals(state.spec, wanted.spec)];
  const planned = planChange(state, { ...wanted, spec }, { membership, release, refused, now });
  const { restarted, issued, ...change } = planned;
  return {
    ...change,
    action: 'update',
    gate: [
      ...healthGate(),
      ...(release === undefined ? [] : releaseGate(spec, release)),
      ...(release !== undefined && needsRaftSnapshot(release) ? [raftSnapshotGate()] : []),
    ],
    steps: updateSteps(state, spec, change.hosts, {
      plans: issued,
      ended: new Set(),
      restarted,
      release,
      membership,
    }),
  };
}

/** @internal */
export interface ChangeOptions {
  /** Of the wanted cluster; those that join get a whole host, whatever the manifest says they have. */
  readonly membership: Membership;
  readonly release: ReleaseStep | undefined;
  /** What is refused whatever the files are. */
  readonly refused: readonly Refusal[];
  readonly now: UnixTime;
  /** Another one than the manifest's, where all members are stopped before they get it: then pods change, too. */
  readonly token?: string;
}

/** @internal */
export interface PlannedChange extends Omit<Update, 'action' | 'gate' | 'steps'> {
  /** Of the pairs that are issued. */
  readonly issued: readonly LeafPlan[];
  /** Members that have files which are read only at the start. */
  readonly restarted: ReadonlySet<string>;
}

/**
 * What of pairs and files changes on which host, before anything is said of the order.
 *
 * @param wanted - with its members in the order of the manifest's hosts
 * @throws EtcdBundleError as planUpdate does
 * @internal
 */
export function planChange(
  state: BundleState,
  { spec, document, named, programs }: WantedCluster,
  { membership, release, refused, now, token = state.manifest.cluster.token }: ChangeOptions,
): PlannedChange {
  const { manifest } = state;
  const { bootstraps } = membership;
  const formerPlans = state.plans;
  const plans = spec === state.spec ? formerPlans : planCertificates(spec);
  const before = pkiByHost(standInPki(manifest, formerPlans));
  const after = pkiByHost({ ...standInPki(manifest, plans), token });
  const formerHosts = new Map(manifest.hosts.map((host) => [host.name, host]));
  const joining = new Map(membership.joining.map((member) => [member.name, member]));
  const present = state.spec.members.filter(({ name }) => !joining.has(name));
  const borrowed = joining.size === 0 ? undefined : borrowedFiles(manifest, present);
  const hosts = planHosts(spec, bootstraps).map((host) =>
    joining.has(host.name)
      ? renderOn(host, after(host.name), undefined, [
          ...(borrowed?.files ?? []),
          ...authorityKeysOn(manifest, host.name),
        ])
      : renderOn(host, after(host.name), formerHosts.get(host.name)),
  );
  const refusals = [
    ...refused,
    ...midwayRefusals({ spec: state.spec, plans: formerPlans }, { spec, plans }),
    ...namedCertificateRefusals(manifest, spec, named ?? []),
  ];
  const faults = fileFaults(hosts, { mayChangePods: token !== manifest.cluster.token });
  if (refusals.length > 0 || faults.length > 0) {
    const difference = compareDocuments(manifest.document, document);
    const all = [...refusals, ...fileRefusals(faults, hosts, difference)];
    throw new EtcdBundleError('invalid-spec', refusalIssues(all, difference));
  }
  const reissued = reissuedLeaves(
    { manifest, plans: formerPlans },
    { plans, hosts },
    {
      joining,
      isSpreadSame: state.spec.certificates.validity.spread === spec.certificates.validity.spread,
    },
  );
  const issued = [...reissued.values()].map(({ plan }) => plan);
  refuseOutliving((id) => authorityEnd(state, id), spec, issued, now);
  const lists = firstLists(manifest, plans);
  const isForAll = needsPrograms(state, spec);
  if (programs === undefined && (isForAll || joining.size > 0)) refuseUnreadArchive(spec);
  const given = programsByMember(spec, programs);
  const updates = hosts.map((host) =>
    hostUpdate(host, reissued, {
      plans,
      programs: programFiles(
        host.former,
        isForAll || joining.has(host.plan.name) ? given.get(host.plan.name) : undefined,
        release !== undefined,
      ),
      bootstraps,
    }),
  );
  const told = {
    before: toldOf(
      state.spec,
      before,
      bootstrapsOf(state, spec, { present: state.spec.members, joining: [] }),
    ),
    after: toldOf(spec, after, bootstraps),
  };
  const members = spec.members.map(({ name }) => name);
  const changes: readonly Change[] = [
    ...(release === undefined
      ? updates.filter(({ name }) => !joining.has(name)).flatMap(programChanges)
      : [releaseChange(release, members)]),
    ...memberChanges(state, spec, membership),
    ...[...reissued.values()].flatMap(({ change }) => (change.hosts.length === 0 ? [] : [change])),
    ...hosts.flatMap((host) => (joining.has(host.plan.name) ? [] : fileChanges(host, told))),
    ...goneClients(manifest.hosts, hosts),
  ];
  const restarted = new Set(
    updates.flatMap(({ name, kind, files }) =>
      kind === 'member' && !joining.has(name) && (release !== undefined || files.some(isReadAtStart))
        ? [name]
        : [],
    ),
  );
  const isOther = JSON.stringify(spec) !== JSON.stringify(state.spec);
  return {
    spec,
    document,
    changes: changes.length > 0 || !isOther ? changes : [DOCUMENT_ALONE],
    notices: [
      ...memberNotices(state, spec, membership),
      ...formerCertificates(state, hosts, joining),
      ...cutNotices(state, spec, issued, now),
      ...(release === undefined ? [] : releaseNotices(spec, release)),
      ...(named === undefined ? [] : [unreadNotice(spec, named)]).filter((notice) => notice !== undefined),
    ],
    certificates: [...reissued.keys()],
    plans,
    ...(lists.length === 0 ? {} : { revocationLists: lists }),
    hosts: updates,
    issued,
    restarted,
  };
}

/** It counts for what is issued later. */
const DOCUMENT_ALONE: Change = {
  hosts: [],
  what: 'document',
  detail: 'counts from the next generation on',
  effect: 'none',
};

function isReadAtStart(file: UpdatedFile): boolean {
  return file.type === 'program' || (file.type === 'written' && effectOf(file.kind) === 'restart');
}

function hostUpdate(
  { plan, files, leaves }: RenderedHost,
  reissued: ReadonlyMap<string, Reissue>,
  {
    plans,
    programs,
    bootstraps,
  }: {
    readonly plans: readonly CertificatePlan[];
    readonly programs: readonly UpdatedFile[];
    readonly bootstraps: Membership['bootstraps'];
  },
): HostUpdate {
  const bootstrap = plan.kind === 'member' ? bootstraps.get(plan.name) : undefined;
  const updated = [...files.map((file) => updatedFile(file, { plans, leaves, reissued })), ...programs];
  return {
    name: plan.name,
    kind: plan.kind,
    files: updated.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1)),
    ...(bootstrap === undefined ? {} : { bootstrap }),
  };
}

function updatedFile(
  file: RenderedFile,
  {
    plans,
    leaves,
    reissued,
  }: {
    readonly plans: readonly CertificatePlan[];
    readonly leaves: readonly LeafPlan[];
    readonly reissued: ReadonlyMap<string, Reissue>;
  },
): UpdatedFile {
  const { path, mode, owner, kind, text, former } = file;
  const leaf = leaves.find(({ files }) => files.certificate === path || files.key === path);
  if (leaf !== undefined && reissued.has(leaf.id))
    return {
      type: 'issued',
      path,
      mode,
      owner,
      kind: leaf.files.certificate === path ? 'certificate' : 'private-key',
      certificate: leaf.id,
    };
  if (former !== undefined && (leaf !== undefined || isSame(file))) return { type: 'kept', file: former };
  if (kind === 'revocation-list') return listFile(file, plans);
  return { type: 'written', path, mode, owner, kind, text };
}

/** A certificate outlives whoever held it. */
function formerCertificates(
  { manifest, spec }: BundleState,
  hosts: readonly RenderedHost[],
  joining: ReadonlyMap<string, MemberSpec>,
): readonly string[] {
  const names = new Set(hosts.map(({ plan }) => plan.name).filter((name) => !joining.has(name)));
  const former = manifest.certificates.filter(({ holder }) =>
    hostNamesOf(holder).some((name) => !names.has(name)),
  );
  if (former.length === 0) return [];
  const serials = former.map(({ serialNumber }) => serialNumber).join(' ');
  return [
    ...former.map(
      ({ id, serialNumber, notAfter }) => `${id}, serial number ${serialNumber}, is valid until ${notAfter}.`,
    ),
    spec.certificates.revocation === true
      ? `Until then whoever has the key of such a pair is let in, unless it is revoked once this generation is in place: etcd-bundle revoke <bundle> ${serials}`
      : 'Until then whoever has the key of such a pair is let in, unless its CA is trusted no more.',
  ];
}
