import type { Architecture } from '../../architectures.js';
import type { EtcdSpec } from '../../cluster-spec.js';
import type { Issue } from '../../errors.js';
import { formatEtcdVersion, parseEtcdVersion } from '../../etcd/version.js';
import { type ReadAt, readElf } from './elf.js';

/**
 * A program, and what its place in the archive says of it.
 *
 * @internal
 */
export interface ClaimedProgram {
  /** Of its entry. */
  readonly name: string;
  /** As the archive's folder has it: `3.6.16`. */
  readonly release: string;
  /** The member's. */
  readonly arch: Architecture;
  /** The archive, as a message names it. */
  readonly shown: string;
}

const PATH = 'etcd.archive';

/**
 * Holds the release that an archive says it has against the document's.
 *
 * @internal
 */
export function checkRelease({ version }: EtcdSpec, release: string, shown: string): Issue | undefined {
  const found = parseEtcdVersion(release);
  const isMeant =
    found?.release === version.release && (version.patch === undefined || found.patch === version.patch);
  if (isMeant) return undefined;
  return {
    code: 'archive-release',
    path: PATH,
    message: `${shown} is etcd ${release}, and etcd.version is ${formatEtcdVersion(version)}.`,
    cure: `Name the archive of etcd ${formatEtcdVersion(version)}${found === undefined ? '' : `, or write etcd.version: "${release}"`}.`,
  };
}

/**
 * Holds a program itself against what its place says: its ELF header and the versions in it.
 *
 * @internal
 */
export function checkProgram(claim: ClaimedProgram, read: ReadAt): Issue | undefined {
  const { name, release, arch, shown } = claim;
  const program = readElf(read);
  if (program === undefined)
    return {
      code: 'archive-program',
      path: PATH,
      message: `${name} in ${shown} is not a program for Linux.`,
      cure: `Name etcd's own release archive for Linux and ${arch}.`,
    };
  if (program.architecture !== arch)
    return {
      code: 'archive-architecture',
      path: PATH,
      message: `${name} in ${shown} is for ${program.architecture}, and members are ${arch}.`,
      cure: `Name the archive for ${arch}, or write members[].arch.`,
    };
  if (program.versions.includes(release)) return undefined;
  const others = program.versions.filter((text) => parseEtcdVersion(text) !== undefined);
  return {
    code: 'archive-release',
    path: PATH,
    message: `${name} in ${shown} ${others.length === 0 ? `does not say that it is ${release}` : `says that it is ${others.join(' or ')}`}.`,
    cure: "Name etcd's own release archive, as it was released.",
  };
}
