import type { ManifestHost } from '../bundle/manifest/manifest.js';
import { leavesByHost } from '../bundle/render.js';
import { scpTarget } from '../bundle/scp-target.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { shellWord } from '../text/shell-word.js';
import { healthGate, presentedGate } from './gate.js';
import type { Step } from './step.js';
import { type HostUpdate, hasTarball } from './update.js';

/** @internal */
export interface UpdateStepsOptions {
  /** Of the pairs that are issued. */
  readonly plans: readonly LeafPlan[];
  /** Members with a pair that has ended: the others do not let them in. */
  readonly ended: ReadonlySet<string>;
  /** Members that have files which are read only at the start. */
  readonly restarted: ReadonlySet<string>;
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
  { plans, ended, restarted }: UpdateStepsOptions,
): readonly Step[] {
  const isDown = ended.size > 0;
  const changed = hosts.filter(hasTarball);
  if (changed.length === 0) return [];
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
    const unit = restarted.has(member.name) ? spec.systemd.unit : undefined;
    return extractStep(former, host, { gate: isDown ? [] : [...healthGate(), ...gate], unit });
  });
  const own = admin === undefined ? [] : [operatorStep(former, spec, admin, isDown)];
  const isOwnLast = admin?.files.some(({ type }) => type === 'written') === true;
  return [
    ...(isOwnLast ? [] : own),
    ...(members.length === 0 ? [] : [copyStep(members)]),
    ...memberSteps,
    ...restartSteps(spec, ended),
    ...(isOwnLast ? own : []),
    ...others.map((host) => extractStep(former, host, { gate: [], unit: undefined })),
  ];
}

/** What the hosts have before. */
interface FormerHosts {
  readonly generation: number;
  readonly byName: ReadonlyMap<string, ManifestHost>;
}

function copyStep(members: readonly MemberSpec[]): Step {
  return {
    title: 'Copy',
    host: 'operator',
    commands: members.map((member) => `scp ${member.name}.tar.gz root@${scpTarget(member)}:/root/`),
    gate: [],
    back: members.map((member) => `ssh root@${scpTarget(member)} rm /root/${member.name}.tar.gz`),
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

/** The tarball names the owners, so that the service can read its keys at any moment. */
function extractStep(
  former: FormerHosts,
  host: HostUpdate,
  { gate, unit }: { readonly gate: readonly string[]; readonly unit: string | undefined },
): Step {
  const { name } = host;
  const restart =
    unit === undefined
      ? []
      : [
          `systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload && systemctl restart ${unit}`,
        ];
  const { save, restore } = backup(former, host, { archive: `/root/${name}`, folder: '/', root: '/' });
  return {
    title: unit === undefined ? `New files for ${name}` : `New files for ${name}, and a restart`,
    host: name,
    commands: [...save, `tar -xzf /root/${name}.tar.gz -C /`, ...restart],
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
}

/** What is there already is packed, and what is not is removed on the way back. */
function backup(
  { generation, byName }: FormerHosts,
  { name, files }: HostUpdate,
  { archive, folder, root }: BackupPlace,
): { readonly save: readonly string[]; readonly restore: readonly string[] } {
  const there = new Set(byName.get(name)?.files.map(({ path }) => path));
  const changed = files.flatMap((file) => (file.type === 'kept' ? [] : [file.path]));
  const kept = changed.filter((path) => there.has(path)).map((path) => path.slice(1));
  const added = changed.filter((path) => !there.has(path)).map((path) => `${root}${path.slice(1)}`);
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
