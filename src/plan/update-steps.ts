import type { ManifestHost } from '../bundle/manifest/manifest.js';
import { leavesByHost } from '../bundle/render.js';
import { scpTarget } from '../bundle/scp-target.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { shellWord } from '../text/shell-word.js';
import { clusterReleaseGate, healthGate, presentedGate, runsGate } from './gate.js';
import { leaderLastCommand } from './leader-last.js';
import { needsRaftSnapshot, raftSnapshotStep } from './raft-snapshot.js';
import { installCommands, type ReleaseStep, releaseArchive } from './release.js';
import type { Step } from './step.js';
import { type HostUpdate, hasTarball } from './update.js';

/**
 * Of the step that prints in which order members are started again.
 *
 * @internal
 */
export const ORDER_TITLE = 'The order of the restarts';

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
}

/**
 * The steps that bring changed files to running hosts, one member after the other. Pairs are read at each handshake; what is read only at the
 * start takes a restart of that member. The operator's own files come first where only pairs change, and last where they name endpoints. Where members are not let in any
 * more, all get theirs first, and those are restarted together: one that was started meanwhile waits for ever.
 *
 * @internal
 */
export function updateSteps(
  { manifest }: BundleState,
  spec: ClusterSpec,
  hosts: readonly HostUpdate[],
  { plans, ended, restarted, release }: UpdateStepsOptions,
): readonly Step[] {
  const isDown = ended.size > 0;
  const changed = hosts.filter((host) => hasTarball(host) || restarted.has(host.name));
  if (changed.length === 0) return [];
  // What no tarball brings is installed by hand.
  const installed = spec.etcd.archive === undefined ? release : undefined;
  const changedByName = new Map(changed.map((host) => [host.name, host]));
  const former: FormerHosts = {
    generation: manifest.generation,
    byName: new Map(manifest.hosts.map((host) => [host.name, host])),
  };
  const issued = leavesByHost(plans, ({ holder }) => holder);
  const members = spec.members.filter(({ name }) => changedByName.has(name));
  const admin = changed.find(({ kind }) => kind === 'admin');
  const others = changed.filter(({ kind }) => kind === 'control-plane' || kind === 'client');
  const memberSteps = members.flatMap((member) => {
    const host = changedByName.get(member.name);
    if (host === undefined) return [];
    const gate = (issued.get(member.name) ?? []).flatMap((plan) => presentedGate(plan, member) ?? []);
    const runs = release === undefined ? [] : runsGate(release.to, member);
    return extractStep(former, host, {
      gate: isDown ? [] : [...healthGate(), ...gate, ...runs],
      ...(restarted.has(member.name) ? { unit: spec.systemd.unit } : {}),
      ...(release === undefined ? {} : { release: releaseOf(release, installed, spec, member) }),
    });
  });
  const own = admin === undefined ? [] : [operatorStep(former, spec, admin, isDown)];
  const isOwnLast = admin?.files.some(({ type }) => type === 'written') === true;
  return [
    ...(isOwnLast ? [] : own),
    ...(members.length === 0 ? [] : [copyStep(members, changedByName, installed)]),
    ...(release !== undefined && needsRaftSnapshot(release) ? [raftSnapshotStep(spec)] : []),
    ...(restarted.size > 1 ? [orderStep(members.filter(({ name }) => restarted.has(name)))] : []),
    ...memberSteps,
    ...(release === undefined ? [] : [clusterReleaseStep(spec, release)]),
    ...restartSteps(spec, ended),
    ...(isOwnLast ? own : []),
    ...others.map((host) => extractStep(former, host, { gate: [] })),
  ];
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

/** What the hosts have before. */
interface FormerHosts {
  readonly generation: number;
  readonly byName: ReadonlyMap<string, ManifestHost>;
}

function copyStep(
  members: readonly MemberSpec[],
  hosts: ReadonlyMap<string, HostUpdate>,
  installed: ReleaseStep | undefined,
): Step {
  const copies = members.flatMap((member) => {
    const host = hosts.get(member.name);
    const archives = [
      ...(host !== undefined && hasTarball(host) ? [`${member.name}.tar.gz`] : []),
      ...(installed === undefined ? [] : [releaseArchive(installed, member)]),
    ];
    return archives.map((file) => ({ file, target: `root@${scpTarget(member)}` }));
  });
  return {
    title: 'Copy',
    host: 'operator',
    commands: copies.map(({ file, target }) => `scp ${file} ${target}:/root/`),
    gate: [],
    back: copies.map(({ file, target }) => `ssh ${target} rm /root/${file}`),
  };
}

function orderStep(members: readonly MemberSpec[]): Step {
  return {
    title: ORDER_TITLE,
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

/** Its folder follows from the variables, wherever the first tarball was extracted. */
function operatorStep(former: FormerHosts, spec: ClusterSpec, host: HostUpdate, isDown: boolean): Step {
  const directory = `${spec.cluster.directory}/admin`;
  const folder = `"\${ETCDCTL_CACERT%${directory}/ca.crt}/"`;
  const variables = host.files.some(({ type }) => type === 'written')
    ? [`set -a; . "\${ETCDCTL_CACERT%/*}/etcdctl.env"; set +a`]
    : [];
  const { save, restore } = backup(former, host, { archive: 'admin', folder, root: '' });
  return {
    title: "The operator's own files",
    host: 'operator',
    commands: [...save, `tar -xzf admin.tar.gz -C ${folder}`, ...variables],
    gate: isDown ? [] : healthGate(),
    back: [...restore, ...variables],
  };
}

interface ExtractOptions {
  readonly gate: readonly string[];
  /** Absent where nothing is started again. */
  readonly unit?: string;
  /** That the member runs afterwards, where it is another one: commands that install what is not in the tarball. */
  readonly release?: {
    readonly version: string;
    readonly binary: string;
    readonly install: readonly string[];
  };
}

/** The tarball names the owners, so that the service can read its keys at any moment. */
function extractStep(former: FormerHosts, host: HostUpdate, { gate, unit, release }: ExtractOptions): Step {
  const { name } = host;
  const restart =
    unit === undefined
      ? []
      : [
          `systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload && systemctl restart ${unit}`,
        ];
  // It runs, whoever brought it.
  const replaced = release === undefined ? [] : [release.binary];
  const { save, restore } = backup(former, host, {
    archive: `/root/${name}`,
    folder: '/',
    root: '/',
    replaced,
  });
  const what = release === undefined ? `New files for ${name}` : `etcd ${release.version} for ${name}`;
  return {
    title: unit === undefined ? what : `${what}, and a restart`,
    host: name,
    commands: [
      ...save,
      ...(hasTarball(host) ? [`tar -xzf /root/${name}.tar.gz -C /`] : []),
      ...(release?.install ?? []),
      ...restart,
    ],
    gate,
    back: restore.length === 0 ? [] : [...restore, ...restart],
  };
}

interface BackupPlace {
  /** Path of the archive, without its endings. */
  readonly archive: string;
  /** As a word of bash. */
  readonly folder: string;
  /** What stands before the path of a file there. */
  readonly root: string;
  /** Absolute paths of files that are there and no bundle knows. */
  readonly replaced?: readonly string[];
}

/** What is there already is packed, and what is not is removed on the way back. */
function backup(
  { generation, byName }: FormerHosts,
  { name, files }: HostUpdate,
  { archive, folder, root, replaced = [] }: BackupPlace,
): { readonly save: readonly string[]; readonly restore: readonly string[] } {
  const there = new Set([...(byName.get(name)?.files.map(({ path }) => path) ?? []), ...replaced]);
  const changed = files.filter((file) => file.type !== 'kept');
  const paths = new Set([...changed.map(({ path }) => path), ...replaced]);
  const kept = [...paths].filter((path) => there.has(path)).map((path) => path.slice(1));
  // A program may have been there before any bundle brought one.
  const added = changed
    .filter(({ type, path }) => type !== 'program' && !there.has(path))
    .map(({ path }) => `${root}${path.slice(1)}`);
  if (kept.length === 0) return { save: [], restore: [] };
  const tarball = `${archive}.generation-${generation}.tar.gz`;
  const remove = added.length === 0 || root === '' ? [] : [`rm -f ${added.map(shellWord).join(' ')}`];
  return {
    save: [`(umask 077; tar -czf ${tarball} -C ${folder} ${kept.map(shellWord).join(' ')})`],
    restore: [`tar -xzf ${tarball} -C ${folder}`, ...remove],
  };
}

function restartSteps(spec: ClusterSpec, ended: ReadonlySet<string>): readonly Step[] {
  const unit = spec.systemd.unit;
  const isPod = spec.kubernetes?.staticPod === true;
  // The kubelet ends a pod whose manifest is gone, within 20 s (kubernetes.io, "Certificate Management with kubeadm").
  const aside = STATIC_POD_PATH.replace('/manifests/', '/');
  const commands = isPod
    ? [`mv ${STATIC_POD_PATH} ${aside}`, 'sleep 20', `mv ${aside} ${STATIC_POD_PATH}`]
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
