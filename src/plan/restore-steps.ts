import { scpTarget } from '../bundle/scp-target.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import { withOwnFolders } from '../etcd/own-folders.js';
import { revisionFlags, SNAPSHOT_PATH, snapshotProgram } from '../etcd/snapshot.js';
import { walDirectory } from '../etcd/wal-directory.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import { endpointUrl } from '../net/endpoint.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { shellWord } from '../text/shell-word.js';
import { startApiServers, stopApiServers } from './api-server-steps.js';
import { dataFolders, setDataAside } from './data-aside.js';
import { backup, copyStep, extractStep, formerHosts, operatorStep } from './extract-steps.js';
import { healthGate, presentedGate, sameDataGate } from './gate.js';
import { parkedPod, stopPod } from './pod-commands.js';
import type { Step } from './step.js';
import { type HostUpdate, hasTarball } from './update.js';

/** @internal */
export interface RestoreStepsOptions {
  readonly hosts: readonly HostUpdate[];
  /** Of the new cluster. */
  readonly token: string;
  /** Of the pairs that are issued. */
  readonly plans: readonly LeafPlan[];
}

/**
 * The steps that make a new cluster from a snapshot: all members are stopped before any of them is restored, and all are restored before any is
 * started, so that no two clusters meet. API servers stand still meanwhile (kubernetes.io, "Operating etcd clusters for Kubernetes").
 *
 * @internal
 */
export function restoreSteps(
  { manifest, spec }: BundleState,
  { hosts, token, plans }: RestoreStepsOptions,
): readonly Step[] {
  const former = formerHosts(manifest);
  const { generation } = manifest;
  const changed = hosts.filter(hasTarball);
  const byName = new Map(changed.map((host) => [host.name, host]));
  const members = spec.members.flatMap((member): readonly Restored[] => {
    const host = byName.get(member.name);
    if (host === undefined) return [];
    const place = { archive: `/root/${member.name}`, folder: '/', root: '/' };
    return [{ spec, member, token, generation, files: backup(former, host, place) }];
  });
  const admin = changed.find(({ kind }) => kind === 'admin');
  const others = changed.filter(({ kind }) => kind === 'control-plane' || kind === 'client');
  const presented = plans.flatMap((plan) =>
    spec.members.flatMap((member) =>
      plan.holder.type === 'members' && plan.holder.names.includes(member.name)
        ? (presentedGate(plan, member) ?? [])
        : [],
    ),
  );
  return [
    ...stopApiServers(spec),
    ...(admin === undefined ? [] : [operatorStep(former, spec, admin, true)]),
    withSnapshot(copyStep(spec.members, byName, undefined), spec),
    ...members.map(stopStep),
    ...members.map(restoreStep),
    ...members.map((restored, index) => ({
      ...startStep(restored),
      // The first ones wait until a majority is there.
      gate: index === members.length - 1 ? [...healthGate(), ...presented, ...sameDataGate()] : [],
    })),
    ...others.map((host) => extractStep(former, host, { gate: [] })),
    ...startApiServers(spec),
  ];
}

interface Restored {
  readonly spec: ClusterSpec;
  readonly member: MemberSpec;
  readonly token: string;
  /** Of the bundle before. */
  readonly generation: number;
  /** Commands that keep the files that change, and bring them back. */
  readonly files: { readonly save: readonly string[]; readonly restore: readonly string[] };
}

/** All members get the same file: with two of them they would differ for ever. */
function withSnapshot(step: Step, { members }: ClusterSpec): Step {
  const targets = members.map((member) => `root@${scpTarget(member)}`);
  return {
    ...step,
    title: 'Copy the tarballs and the snapshot',
    commands: [
      ...step.commands,
      ...targets.map((target) => `scp ${SNAPSHOT_PATH} ${target}:${SNAPSHOT_PATH}`),
    ],
    back: [...step.back, ...targets.map((target) => `ssh ${target} rm ${SNAPSHOT_PATH}`)],
  };
}

function isPod({ kubernetes }: ClusterSpec): boolean {
  return kubernetes?.staticPod === true;
}

/** The files that change are kept before the kubelet's is moved away. */
function stopStep({ spec, member, files }: Restored): Step {
  const { unit } = spec.systemd;
  return {
    title: `Stop ${member.name}`,
    host: member.name,
    commands: [...files.save, ...(isPod(spec) ? stopPod() : [`systemctl stop ${unit}`])],
    gate: [],
    back: [
      ...files.restore,
      ...(isPod(spec) ? [] : [`systemctl daemon-reload && systemctl start --no-block ${unit}`]),
    ],
  };
}

/**
 * On another host than the one that is meant nothing happens: its tarball is not there, and so nothing is restored that would be moved in. etcd
 * wants a folder that is not there yet, and the service's user owns none but its own.
 */
function restoreStep({ spec, member, token, generation }: Restored): Step {
  const { name } = member;
  const own = withOwnFolders(spec, member);
  const { user } = spec.systemd;
  const isRoot = user === 'root';
  const folder = `${own.etcd.dataDir}/restored`;
  const walDir = walDirectory(own);
  const restoredWal = walDir === undefined ? undefined : `${walDir}.restored`;
  const { version, binary } = spec.etcd;
  const program = shellWord(`${binary.slice(0, binary.lastIndexOf('/'))}/${snapshotProgram(version)}`);
  const flags = revisionFlags(version, program);
  const restore = [
    ...(isRoot ? [] : [`runuser -u ${user} --`]),
    `${program} snapshot restore ${SNAPSHOT_PATH}`,
    `--name=${name}`,
    `--initial-cluster=${shellWord(planInitialCluster(spec))}`,
    `--initial-cluster-token=${shellWord(token)}`,
    `--initial-advertise-peer-urls=${shellWord(member.initialAdvertisePeerUrls.map(endpointUrl).join(','))}`,
    `--data-dir=${shellWord(folder)}`,
    ...(restoredWal === undefined ? [] : [`--wal-dir=${shellWord(restoredWal)}`]),
    ...(flags === undefined ? [] : [flags]),
  ].join(' ');
  return {
    title: `Restore ${name}`,
    host: name,
    commands: [
      [...extract(spec, name), 'systemd-sysusers', 'systemd-tmpfiles --create', 'systemctl daemon-reload'],
      [`[ -f /root/${name}.tar.gz ]`, ...(isRoot ? [] : [`chown ${user} ${SNAPSHOT_PATH}`]), restore],
      [
        `[ -d ${shellWord(`${folder}/member`)} ]`,
        ...setDataAside(spec, member, generation),
        move(`${folder}/member`, `${own.etcd.dataDir}/member`),
        `rmdir ${shellWord(folder)}`,
        ...(walDir === undefined ? [] : [move(`${walDir}.restored`, walDir)]),
      ],
    ].map((parts) => parts.join(' && ')),
    gate: [],
    back: dataFolders(spec, member).flatMap((data) => {
      const former = `${data}.generation-${generation}`;
      return [
        move(data, `${data}.generation-${generation + 1}`),
        `[ ! -e ${shellWord(former)} ] || ${move(former, data)}`,
      ];
    }),
  };
}

/** Never into a folder that is there. */
function move(from: string, to: string): string {
  return `mv -T ${shellWord(from)} ${shellWord(to)}`;
}

/** The pod waits where the kubelet does not look. */
function extract(spec: ClusterSpec, name: string): readonly string[] {
  const tarball = `/root/${name}.tar.gz`;
  if (!isPod(spec)) return [`tar -xzf ${tarball} -C /`];
  const entry = STATIC_POD_PATH.slice(1);
  return [
    `tar -xzf ${tarball} -C / --exclude=${entry}`,
    `(umask 077; tar -xzOf ${tarball} ${entry} > ${parkedPod()})`,
  ];
}

function startStep({ spec, member }: Restored): Step {
  const { unit } = spec.systemd;
  return {
    title: `Start ${member.name}`,
    host: member.name,
    commands: isPod(spec)
      ? [`mv ${parkedPod()} ${STATIC_POD_PATH}`, `systemctl enable --now --no-block ${unit}`]
      : [`systemctl enable --now --no-block ${unit}`],
    gate: [],
    back: isPod(spec) ? stopPod() : [`systemctl stop ${unit}`],
  };
}
