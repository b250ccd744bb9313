import type { ClusterSpec, EtcdVersion, MemberSpec } from '../cluster-spec.js';
import { etcdPatch, formatEtcdVersion } from '../etcd/version.js';
import { ETCD_RELEASES } from '../etcd-releases.js';
import { shellWord } from '../text/shell-word.js';
import { clusterReleaseGate } from './gate.js';
import type { Refusal } from './refusal.js';
import type { Change } from './update.js';

/**
 * The way of a cluster from one release of etcd to another, or from one patch of it to another.
 *
 * @internal
 */
export interface ReleaseStep {
  readonly from: EtcdVersion;
  readonly to: EtcdVersion;
}

/**
 * Undefined where members go on with what they run.
 *
 * @internal
 */
export function releaseStep(before: ClusterSpec, after: ClusterSpec): ReleaseStep | undefined {
  const [from, to] = [before.etcd.version, after.etcd.version];
  return whole(from) === whole(to) ? undefined : { from, to };
}

/**
 * etcd goes up one minor release at a time (etcd.io, "Upgrading etcd"), and down only after `etcdctl downgrade enable`.
 *
 * @internal
 */
export function releaseRefusals(before: ClusterSpec, after: ClusterSpec): readonly Refusal[] {
  const step = releaseStep(before, after);
  if (step === undefined) return [];
  const path = 'etcd.version';
  const [from, to] = [step.from, step.to].map(formatEtcdVersion);
  const minors = minorOf(step.to) - minorOf(step.from);
  const next = ETCD_RELEASES[minorOf(step.from) + 1];
  if (minors > 1)
    return [
      {
        path,
        message: `Members are brought up one minor release at a time, and from ${from} to ${to} there are ${minors}.`,
        cure: `Write "${next}", and "${to}" once that update is in place.`,
      },
    ];
  if (minors < 0 || (minors === 0 && etcdPatch(step.to) < etcdPatch(step.from)))
    return [
      {
        path,
        message: `${to} is below ${from}, and an update brings no member down.`,
        cure: `Write "${from}"; docs/day-two.md, "Down to an earlier release", has the way back.`,
      },
    ];
  if (JSON.stringify(before.members.map(nameOf)) === JSON.stringify(after.members.map(nameOf))) return [];
  return [
    {
      path,
      message: 'The release and the members change in one document.',
      cure: `Take two updates: the first with "${from}", the second with "${to}".`,
    },
  ];
}

function nameOf({ name }: MemberSpec): string {
  return name;
}

function minorOf({ release }: EtcdVersion): number {
  return ETCD_RELEASES.indexOf(release);
}

function whole(version: EtcdVersion): string {
  return `${version.release}.${etcdPatch(version)}`;
}

/**
 * etcd's own release archive for a member, as it is published: `etcd-v3.6.16-linux-amd64.tar.gz`.
 *
 * @internal
 */
export function releaseArchive({ to }: ReleaseStep, { arch = 'amd64' }: MemberSpec): string {
  return `${releaseFolder(to, arch)}.tar.gz`;
}

/** @internal */
export function releaseChange({ from, to }: ReleaseStep, hosts: readonly string[]): Change {
  const detail = `${formatEtcdVersion(from)} -> ${formatEtcdVersion(to)}`;
  return { hosts, what: 'etcd', detail, effect: 'restart' };
}

/**
 * What has to be so before the first member is brought up: nothing is left of the way to the release that is there.
 *
 * @internal
 */
export function releaseGate(spec: ClusterSpec, step: ReleaseStep): readonly string[] {
  return [...clusterReleaseGate(spec, step.from), ...archivesOf(spec, step).map((file) => `ls ${file}`)];
}

/** @internal */
export function releaseNotices(spec: ClusterSpec, step: ReleaseStep): readonly string[] {
  const archives = archivesOf(spec, step);
  return [
    ...(archives.length === 0
      ? []
      : [
          `Put ${archives.join(' and ')}, as etcd releases it, into the folder of the bundle: the runbook copies it to the members.`,
        ]),
    ...(step.from.release === step.to.release
      ? []
      : [
          `The way back of a step holds until every member runs ${formatEtcdVersion(step.to)}; docs/day-two.md has the one from then on.`,
        ]),
  ];
}

/** None where tarballs bring the programs. */
function archivesOf({ etcd, members }: ClusterSpec, step: ReleaseStep): readonly string[] {
  if (etcd.archive !== undefined) return [];
  return [...new Set(members.map((member) => releaseArchive(step, member)))];
}

function releaseFolder(version: EtcdVersion, arch: string): string {
  return `etcd-v${whole(version)}-linux-${arch}`;
}

/**
 * Commands that put etcd in its place on a member where no tarball brings it. A program that runs cannot be written to, only replaced.
 *
 * @internal
 */
export function installCommands(
  step: ReleaseStep,
  { etcd: { binary } }: ClusterSpec,
  member: MemberSpec,
): readonly string[] {
  const folder = releaseFolder(step.to, member.arch ?? 'amd64');
  const fresh = shellWord(`${binary}.new`);
  const unpack = `tar -xzOf /root/${releaseArchive(step, member)} ${folder}/etcd >${fresh}`;
  return [`${unpack} && chmod 0755 ${fresh} && mv ${fresh} ${shellWord(binary)}`];
}
