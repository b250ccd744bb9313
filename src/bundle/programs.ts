import type { ClusterSpec } from '../cluster-spec.js';
import type { FilePlan } from './file-plan.js';
import { ROOT } from './text-file.js';

/**
 * A program of etcd's release archives.
 *
 * @public
 */
export type ProgramName = 'etcd' | 'etcdctl' | 'etcdutl';

/**
 * What is known of a program that travels in a member's tarball, besides its bytes.
 *
 * @public
 */
export interface ProgramDigest {
  /** As the archive names it. */
  readonly name: ProgramName;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
}

/**
 * A program in a member's tarball, whose bytes are not held in memory.
 *
 * @internal
 */
export interface ProgramFile extends Omit<FilePlan, 'bytes'> {
  readonly program: ProgramName;
  readonly size: number;
  readonly sha256: string;
}

/**
 * The programs that a release has.
 *
 * @internal
 */
export function programNames({ version }: ClusterSpec['etcd']): readonly ProgramName[] {
  // 3.5 moved what works on files out of etcdctl (CHANGELOG-3.5.md, "etcdutl").
  return version.release === '3.4' ? ['etcd', 'etcdctl'] : ['etcd', 'etcdctl', 'etcdutl'];
}

/**
 * Where the programs lie on a member: etcd at `etcd.binary`, the others beside it.
 *
 * @internal
 */
export function placePrograms(
  { binary }: ClusterSpec['etcd'],
  programs: readonly ProgramDigest[],
): readonly ProgramFile[] {
  const folder = binary.slice(0, binary.lastIndexOf('/'));
  return programs.map(({ name, size, sha256 }) => ({
    path: (name === 'etcd' ? binary : `${folder}/${name}`).slice(1),
    mode: 0o755,
    owner: ROOT,
    kind: 'binary',
    program: name,
    size,
    sha256,
  }));
}
