import type { Manifest, ManifestHost } from '../bundle/manifest/manifest.js';
import { scpTarget } from '../bundle/scp-target.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { shellWord } from '../text/shell-word.js';
import { healthGate } from './gate.js';
import { type ReleaseStep, releaseArchive } from './release.js';
import type { Step } from './step.js';
import { type HostUpdate, hasTarball } from './update.js';

/**
 * What the hosts have before.
 *
 * @internal
 */
export interface FormerHosts {
  readonly generation: number;
  readonly byName: ReadonlyMap<string, ManifestHost>;
}

/** @internal */
export function formerHosts({ generation, hosts }: Manifest): FormerHosts {
  return { generation, byName: new Map(hosts.map((host) => [host.name, host])) };
}

/** @internal */
export function copyStep(
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

/**
 * Its folder follows from the variables, wherever the first tarball was extracted.
 *
 * @internal
 */
export function operatorStep(
  former: FormerHosts,
  spec: ClusterSpec,
  host: HostUpdate,
  isDown: boolean,
): Step {
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

/** @internal */
export interface ExtractOptions {
  readonly gate: readonly string[];
  /** Commands that start again what reads the files once; absent where nothing does. */
  readonly restart?: readonly string[];
  /** That the member runs afterwards, where it is another one: commands that install what is not in the tarball. */
  readonly release?: {
    readonly version: string;
    readonly binary: string;
    readonly install: readonly string[];
  };
}

/**
 * The tarball names the owners, so that the service can read its keys at any moment.
 *
 * @internal
 */
export function extractStep(
  former: FormerHosts,
  host: HostUpdate,
  { gate, restart = [], release }: ExtractOptions,
): Step {
  const { name } = host;
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
    title: restart.length === 0 ? what : `${what}, and a restart`,
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

/** @internal */
export interface BackupPlace {
  /** Path of the archive, without its endings. */
  readonly archive: string;
  /** As a word of bash. */
  readonly folder: string;
  /** What stands before the path of a file there. */
  readonly root: string;
  /** Absolute paths of files that are there and no bundle knows. */
  readonly replaced?: readonly string[];
}

/**
 * What is there already is packed, and what is not is removed on the way back.
 *
 * @internal
 */
export function backup(
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
