import { scpTarget } from '../bundle/scp-target.js';
import type { BundleState } from '../bundle/state.js';
import type { MemberSpec } from '../cluster-spec.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { healthGate, presentedGate } from './gate.js';
import type { Step } from './step.js';
import { type HostUpdate, hasTarball } from './update.js';

/** @internal */
export interface PairStepsOptions {
  /** Of the pairs that are issued. */
  readonly plans: readonly LeafPlan[];
  /** Members with a pair that has ended: the others do not let them in. */
  readonly ended: ReadonlySet<string>;
}

/**
 * The steps that bring new pairs to running hosts: etcd reads them at each handshake, so nothing is restarted. Where members are not let in any
 * more, all get theirs first, and those are restarted together: one that was started meanwhile waits for ever.
 *
 * @internal
 */
export function pairSteps(
  state: BundleState,
  hosts: readonly HostUpdate[],
  { plans, ended }: PairStepsOptions,
): readonly Step[] {
  const isDown = ended.size > 0;
  const changed = hosts.filter(hasTarball);
  if (changed.length === 0) return [];
  const members = state.spec.members.filter(({ name }) => changed.some((host) => host.name === name));
  const admin = changed.find(({ kind }) => kind === 'admin');
  const others = changed.filter(({ kind }) => kind === 'control-plane' || kind === 'client');
  const memberSteps = members.map((member) => {
    const host = changed.find(({ name }) => name === member.name);
    const gate = plans.flatMap((plan) => (holds(plan, member) ? (presentedGate(plan, member) ?? []) : []));
    return extractStep(state, member.name, host, isDown ? [] : [...healthGate(), ...gate]);
  });
  return [
    ...(admin === undefined ? [] : [operatorStep(state, admin, isDown)]),
    ...(members.length === 0 ? [] : [copyStep(members)]),
    ...memberSteps,
    ...restartSteps(state, ended),
    ...others.map((host) => extractStep(state, host.name, host, [])),
  ];
}

function holds({ holder }: LeafPlan, { name }: MemberSpec): boolean {
  return holder.type === 'members' && holder.names.includes(name);
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
function operatorStep({ manifest, spec }: BundleState, { files }: HostUpdate, isDown: boolean): Step {
  const folder = `"\${ETCDCTL_CACERT%${spec.cluster.directory}/admin/ca.crt}/"`;
  const backup = `admin.generation-${manifest.generation}.tar.gz`;
  return {
    title: "The operator's own pair",
    host: 'operator',
    commands: [
      `(umask 077; tar -czf ${backup} -C ${folder} ${changedPaths(files)})`,
      `tar -xzf admin.tar.gz -C ${folder}`,
    ],
    gate: isDown ? [] : healthGate(),
    back: [`tar -xzf ${backup} -C ${folder}`],
  };
}

/** The tarball names the owners, so that the service can read its keys at any moment. */
function extractStep(
  { manifest }: BundleState,
  name: string,
  host: HostUpdate | undefined,
  gate: readonly string[],
): Step {
  const backup = `/root/${name}.generation-${manifest.generation}.tar.gz`;
  return {
    title: `New pairs for ${name}`,
    host: name,
    commands: [
      `(umask 077; tar -czf ${backup} -C / ${changedPaths(host?.files ?? [])})`,
      `tar -xzf /root/${name}.tar.gz -C /`,
    ],
    gate,
    back: [`tar -xzf ${backup} -C /`],
  };
}

function restartSteps({ spec }: BundleState, ended: ReadonlySet<string>): readonly Step[] {
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

/** Relative to the root, as tar takes them; only files that are there already. */
function changedPaths(files: HostUpdate['files']): string {
  return files.flatMap((file) => (file.type === 'issued' ? [file.path.slice(1)] : [])).join(' ');
}
