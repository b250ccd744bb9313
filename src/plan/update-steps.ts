import { leavesByHost } from '../bundle/render.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { restartApiServer } from './api-server-steps.js';
import { authorityKeySteps } from './authority-keys.js';
import { borrowedFiles } from './borrowed-files.js';
import { copyStep, type ExtractOptions, extractStep, formerHosts, operatorStep } from './extract-steps.js';
import { clusterReleaseGate, healthGate, healthOf, presentedGate, runsGate } from './gate.js';
import { joinSteps } from './join-steps.js';
import { leaderLastCommand } from './leader-last.js';
import { leaveSteps } from './leave-steps.js';
import { removeMember } from './member-commands.js';
import type { Membership } from './membership.js';
import { parkedPod, restartMember, stopPod } from './pod-commands.js';
import { needsRaftSnapshot, raftSnapshotStep } from './raft-snapshot.js';
import { installCommands, type ReleaseStep } from './release.js';
import type { Step } from './step.js';
import { type HostUpdate, hasTarball } from './update.js';

/**
 * Of the step that prints in which order members are started again.
 *
 * @internal
 */
export const ORDER_TITLE = 'The order of the restarts';

/**
 * Of the step that prints in which order members leave.
 *
 * @internal
 */
export const LEAVE_ORDER_TITLE = 'The order of the removals';

/** @internal */
export interface UpdateStepsOptions {
  /** Of the pairs that are issued. */
  readonly plans: readonly LeafPlan[];
  /** Members with a pair that has ended: the others do not let them in. */
  readonly ended: ReadonlySet<string>;
  /** Members that have files which are read only at the start. */
  readonly restarted: ReadonlySet<string>;
  /** Absent where members go on with the etcd that they run. */
  readonly release?: ReleaseStep | undefined;
  /** Absent where nobody joins or leaves. */
  readonly membership?: Pick<Membership, 'joining' | 'leaving'>;
  /** Whether files of trusted CAs change, which an API server reads at its start alone. */
  readonly isTrustNew?: boolean;
  /** Members that the gates of health ask; absent: those that the operator's variables name. */
  readonly asked?: readonly MemberSpec[];
  /** Run once the tarballs are copied, before any of a member is extracted. */
  readonly probes?: readonly Step[];
}

const NOBODY: Pick<Membership, 'joining' | 'leaving'> = { joining: [], leaving: [] };

/**
 * The steps that bring changed files to running hosts, one member after the other. Pairs are read at each handshake; what is read only at the
 * start takes a restart of that member. Then members join, clients get to know of them, and members that they do not know of any more leave. Those
 * that join and are there already are lost, and are removed before anything else. The operator's own files come first where only pairs change, and
 * after the members where they name endpoints or members are lost. Where members are not let in any more, all get theirs first, and those are
 * restarted together: one that was started meanwhile waits for ever.
 *
 * @internal
 */
export function updateSteps(
  state: BundleState,
  spec: ClusterSpec,
  hosts: readonly HostUpdate[],
  {
    plans,
    ended,
    restarted,
    release,
    membership = NOBODY,
    isTrustNew = false,
    asked: healthy,
    probes = [],
  }: UpdateStepsOptions,
): readonly Step[] {
  const isDown = ended.size > 0;
  const changed = hosts.filter((host) => hasTarball(host) || restarted.has(host.name));
  if (changed.length === 0) return [];
  // What no tarball brings is installed by hand.
  const installed = spec.etcd.archive === undefined ? release : undefined;
  const byName = new Map(changed.map((host) => [host.name, host]));
  const former = formerHosts(state.manifest);
  const issued = leavesByHost(plans, ({ holder }) => holder);
  const members = spec.members.filter(({ name }) => byName.has(name));
  const joining = new Set(membership.joining);
  const lost = lostMembers(state, membership);
  // A gate that asks those who are lost would never open.
  const asked =
    lost.length === 0 ? healthy : spec.members.filter((member) => !joining.has(member)).slice(0, 1);
  const admin = changed.find(({ kind }) => kind === 'admin');
  const others = changed.filter(({ kind }) => kind === 'control-plane' || kind === 'client');
  const memberSteps = members.flatMap((member) => {
    const host = byName.get(member.name);
    if (host === undefined || joining.has(member)) return [];
    const gate = (issued.get(member.name) ?? []).flatMap((plan) => presentedGate(plan, member) ?? []);
    const runs = release === undefined ? [] : runsGate(release.to, member);
    return extractStep(former, host, {
      gate: isDown ? [] : [...healthGate(asked), ...gate, ...runs],
      ...(restarted.has(member.name) ? { restart: restartMember(spec) } : {}),
      ...(release === undefined ? {} : { release: releaseOf(release, installed, spec, member) }),
    });
  });
  const own = admin === undefined ? [] : [operatorStep(former, spec, admin, isDown)];
  const isOwnLast = lost.length > 0 || admin?.files.some(({ type }) => type === 'written') === true;
  return [
    ...lost.map(removeStep),
    ...(isOwnLast ? [] : own),
    ...(members.length === 0 ? [] : [copyStep(members, byName, installed), ...probes]),
    ...(release !== undefined && needsRaftSnapshot(release) ? [raftSnapshotStep(spec)] : []),
    ...(restarted.size > 1
      ? [
          orderStep(
            ORDER_TITLE,
            members.filter(({ name }) => restarted.has(name)),
          ),
        ]
      : []),
    ...memberSteps,
    ...(release === undefined ? [] : [clusterReleaseStep(spec, release)]),
    ...restartSteps(spec, ended),
    ...allJoin(state, spec, membership),
    ...(isOwnLast ? own : []),
    ...others.map((host) =>
      extractStep(former, host, {
        gate: [],
        ...(host.kind === 'control-plane' && isTrustNew ? { restart: restartApiServer() } : {}),
      }),
    ),
    ...(membership.leaving.length > 1 ? [orderStep(LEAVE_ORDER_TITLE, membership.leaving)] : []),
    ...allLeave(state, spec, membership),
  ];
}

/** Of those who join, as they were. */
function lostMembers(
  { spec: { members } }: BundleState,
  { joining }: Pick<Membership, 'joining'>,
): readonly MemberSpec[] {
  const names = new Set(joining.map(({ name }) => name));
  return members.filter(({ name }) => names.has(name));
}

/** All of them go before one comes: etcd adds nobody while a member that votes is not connected. */
function removeStep(member: MemberSpec): Step {
  return {
    title: `Remove ${member.name}`,
    host: 'operator',
    commands: [removeMember(member)],
    gate: [],
    back: [],
  };
}

function allJoin(
  state: BundleState,
  spec: ClusterSpec,
  membership: Pick<Membership, 'joining'>,
): readonly Step[] {
  const { manifest } = state;
  const lost = new Map(lostMembers(state, membership).map((member) => [member.name, member]));
  const borrowed = borrowedFiles(
    manifest,
    state.spec.members.filter(({ name }) => !lost.has(name)),
  );
  return membership.joining.flatMap((member) => {
    const former = lost.get(member.name);
    return joinSteps(spec, {
      member,
      borrowed,
      brought: authorityKeySteps(manifest, spec, member),
      generation: manifest.generation,
      former,
      // The operator's variables still name those who are lost.
      gate: former !== undefined ? healthGate([member]) : [healthOf([member]), ...healthGate()],
    });
  });
}

function allLeave(
  { manifest, spec: { members } }: BundleState,
  spec: ClusterSpec,
  { joining, leaving }: Pick<Membership, 'joining' | 'leaving'>,
): readonly Step[] {
  const hosts = new Map(manifest.hosts.map((host) => [host.name, host]));
  return leaving.flatMap((member, index) =>
    leaveSteps(spec, {
      member,
      host: hosts.get(member.name),
      voters: members.length + joining.length - index,
      generation: manifest.generation,
    }),
  );
}

function orderStep(title: string, members: readonly MemberSpec[]): Step {
  return {
    title,
    host: 'operator',
    commands: [leaderLastCommand(members.map(({ name }) => name))],
    gate: [],
    back: [],
  };
}

function clusterReleaseStep(spec: ClusterSpec, { to }: ReleaseStep): Step {
  return {
    title: `The cluster is of release ${to.release}`,
    host: 'operator',
    commands: clusterReleaseGate(spec, to),
    gate: [],
    back: [],
  };
}

function releaseOf(
  { to }: ReleaseStep,
  installed: ReleaseStep | undefined,
  spec: ClusterSpec,
  member: MemberSpec,
): NonNullable<ExtractOptions['release']> {
  return {
    version: formatEtcdVersion(to),
    binary: spec.etcd.binary,
    install: installed === undefined ? [] : installCommands(installed, spec, member),
  };
}

function restartSteps(spec: ClusterSpec, ended: ReadonlySet<string>): readonly Step[] {
  const unit = spec.systemd.unit;
  const isPod = spec.kubernetes?.staticPod === true;
  const commands = isPod
    ? [...stopPod(), `mv ${parkedPod()} ${STATIC_POD_PATH}`]
    : [`systemctl restart --no-block ${unit}`];
  const members = spec.members.filter(({ name }) => ended.has(name));
  return members.map(({ name }, index) => ({
    title: `Restart ${name}`,
    host: name,
    commands,
    // The first ones wait until a majority is there.
    gate: index === members.length - 1 ? healthGate() : [],
    back: [],
  }));
}
