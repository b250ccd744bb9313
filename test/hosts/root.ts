import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { findProgram, programNames } from '../programs/programs.js';
import { runProgram, runSound } from './process.js';

/** A file to place in a host: `source` is a path on this machine, or the bytes themselves. */
export interface HostFile {
  readonly path: string;
  readonly source: string | Uint8Array;
  /** Permission bits; 0o644 where absent. */
  readonly mode?: number;
}

/** The command line that stands before one that has to run inside a host: nsenter or chroot with their arguments. */
export type Entrance = readonly [program: string, ...args: string[]];

/** Folder of the Debian root that every host starts from; built on first use, which takes a minute. */
export async function baseRoot(): Promise<string> {
  const script = fileURLToPath(new URL('./base-root', import.meta.url));
  return (await runSound(script, [], { timeout: 600_000 })).trim();
}

/**
 * The binaries of a release as a layer under the hosts' roots: hard links, since nothing ever writes to a layer.
 * One layer serves all hosts of a run.
 */
export async function createEtcdLayer(
  base: string,
  layer: string,
  release: EtcdRelease,
  directory: string,
): Promise<void> {
  // Debian's /bin and /sbin are symbolic links: a folder of that name in the layer would hide the whole of them.
  const real = (await runSound('chroot', [base, 'readlink', '-m', directory])).trim();
  await mkdir(join(layer, real), { recursive: true, mode: 0o755 });
  for (const { path, source } of etcdFiles(release, real)) await link(source, join(layer, path));
}

/**
 * A root as a machine just installed has it: nothing of an earlier life, an identity of its own. Layers, the uppermost first,
 * under a folder for what the host writes; copies of them where overlays cannot be mounted, as on another overlay.
 */
export async function createRoot(
  layers: readonly string[],
  folder: string,
  hostname: string,
  files: readonly HostFile[],
): Promise<void> {
  const [root, upper, work] = [join(folder, 'root'), join(folder, 'written'), join(folder, 'work')];
  if ((await runProgram('mountpoint', ['-q', root])).code === 0) await runSound('umount', [root]);
  for (const old of [root, upper, work]) await rm(old, { recursive: true, force: true });
  for (const fresh of [root, upper, work]) await mkdir(fresh, { recursive: true, mode: 0o755 });
  const overlay = `lowerdir=${layers.join(':')},upperdir=${upper},workdir=${work}`;
  const mounted = await runProgram('mount', ['-t', 'overlay', 'overlay', '-o', overlay, root]);
  if (mounted.code !== 0) {
    for (const layer of layers.toReversed()) {
      await runSound('cp', ['-aT', '--reflink=auto', layer, root], { timeout: 120_000 });
    }
  }
  const identity: readonly HostFile[] = [
    { path: '/etc/hostname', source: text(`${hostname}\n`) },
    { path: '/etc/machine-id', source: text(`${randomBytes(16).toString('hex')}\n`), mode: 0o444 },
  ];
  for (const file of [...identity, ...files]) await putFile(['chroot', root], file);
}

/**
 * Writes a file inside a host, whole or not at all, so that a running binary can be replaced.
 * By way of the host's own shell: an absolute symbolic link in its path means the host's tree, not this machine's.
 */
export async function putFile(entrance: Entrance, file: HostFile): Promise<void> {
  const { path, source, mode = 0o644 } = file;
  if (!path.startsWith('/')) throw new Error(`not an absolute path: ${path}`);
  const script = 'mkdir -p "$1" && cat >"$2.new" && chmod "$3" "$2.new" && mv -fT "$2.new" "$2"';
  const [program, ...args] = entrance;
  await runSound(program, [...args, '/bin/sh', '-c', script, 'put', dirname(path), path, mode.toString(8)], {
    input: typeof source === 'string' ? readFileSync(source) : source,
  });
}

/** The files that put a release's etcd, etcdctl and etcdutl into a folder of a host. */
export function etcdFiles(
  release: EtcdRelease,
  directory: string,
): readonly (HostFile & { readonly source: string })[] {
  const names = programNames.filter((name) => name.startsWith('etcd') && name.endsWith(`-${release}`));
  return names.map((name) => {
    const program = findProgram(name);
    if (program === undefined) throw new Error(`missing: ${name}; run test/programs/install`);
    return { path: `${directory}/${name.replace(/-.*/, '')}`, source: program.path, mode: 0o755 };
  });
}

export function text(content: string): Uint8Array {
  return Buffer.from(content, 'utf8');
}
