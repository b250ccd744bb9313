import { createHash } from 'node:crypto';
import type { Architecture } from '../../architectures.js';
import { type ProgramDigest, type ProgramName, programNames } from '../../bundle/programs.js';
import type { ClusterSpec, EtcdSpec, MemberSpec } from '../../cluster-spec.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../../errors.js';
import { openSpill, type Spill } from '../spill.js';
import { describeSystemError } from '../system-error.js';
import { archiveEntries } from './archive-entries.js';
import { type ArchiveFile, openArchive, refused } from './archive-file.js';
import { checkProgram, checkRelease } from './check-program.js';

/**
 * The programs of a document's archives, checked, and read again for every host.
 *
 * @public
 */
export interface ReleasePrograms {
  /** What a member gets. */
  readonly of: (member: MemberSpec) => readonly ReleaseProgram[];
  /** Gives back the disk space that the programs take meanwhile. */
  readonly close: () => void;
}

/**
 * A program of an archive.
 *
 * @public
 */
export interface ReleaseProgram extends ProgramDigest {
  /** Its bytes from the beginning, in pieces. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** As etcd's release script names the folder (scripts/build-release.sh). */
const ENTRY = /^etcd-v(\d+\.\d+\.\d+(?:-[\w.]+)?)-[a-z0-9]+-[a-z0-9]+\/(etcd|etcdctl|etcdutl)$/;
const MAX_PROGRAM_BYTES = 256 * 2 ** 20;

/**
 * Reads etcd's release archives that a document names: digest, then release and architecture of every program. What memory holds does not
 * grow with them; the programs lie in a file without a name in the system's folder for temporary files until `close`.
 *
 * @param folder - what the paths in the document are relative to
 * @returns undefined where the document names none
 * @throws EtcdBundleError `invalid-spec` with what is wrong with any of them, or `system`
 * @example
 * ```ts
 * const { text, folder } = await readDocument('cluster.yaml');
 * const programs = await readReleaseArchives(parseClusterDocument(text), folder);
 * if (programs === undefined) console.log('The document names no archive.');
 * ```
 * @public
 */
export async function readReleaseArchives(
  { etcd, members }: ClusterSpec,
  folder: string,
): Promise<ReleasePrograms | undefined> {
  const { archive } = etcd;
  if (archive === undefined) return undefined;
  const spill = spillOrFail();
  const read = new Map<Architecture, readonly ReleaseProgram[]>();
  const issues: Issue[] = [];
  try {
    for (const arch of new Set(members.map(architectureOf))) {
      try {
        read.set(arch, await readArchive(etcd, await openArchive(archive, arch, folder), arch, spill));
      } catch (error) {
        if (!isEtcdBundleError(error) || error.code === 'system') throw error;
        for (const issue of error.issues) issues.push(issue);
      }
    }
    if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
  } catch (error) {
    spill.close();
    throw describeSystemError(error, 'unpack the archive of etcd');
  }
  return { of: (member) => read.get(architectureOf(member)) ?? [], close: spill.close };
}

function architectureOf({ arch = 'amd64' }: MemberSpec): Architecture {
  return arch;
}

function spillOrFail(): Spill {
  try {
    return openSpill();
  } catch (error) {
    throw describeSystemError(error, 'make a temporary file for the programs of etcd');
  }
}

async function readArchive(
  etcd: EtcdSpec,
  file: ArchiveFile,
  arch: Architecture,
  spill: Spill,
): Promise<readonly ReleaseProgram[]> {
  const names = programNames(etcd);
  const found = new Map<ProgramName, ReleaseProgram>();
  const issues: Issue[] = [];
  try {
    for await (const { name, type, size, body } of archiveEntries(file)) {
      const [, release = '', program] = ENTRY.exec(name) ?? [];
      const known = names.find((one) => one === program);
      if (known === undefined) continue;
      if (type !== 'file' || size > MAX_PROGRAM_BYTES)
        throw refused(
          'archive-program',
          `${name} in ${file.shown} is ${type === 'file' ? 'larger than any release of it' : `a ${type}, not a file`}.`,
          "Name etcd's own release archive for Linux, as it was released.",
        );
      if (found.has(known))
        throw refused(
          'repeated-tarball-entry',
          `${file.shown} has two programs ${known}.`,
          "Name etcd's own release archive, as it was released.",
        );
      const start = spill.size();
      const hash = createHash('sha256');
      for await (const bytes of body()) {
        hash.update(bytes);
        spill.append(bytes);
      }
      found.set(known, {
        name: known,
        size,
        sha256: hash.digest('hex'),
        open: () => spill.stream(start, size),
      });
      const wrong =
        checkRelease(etcd, release, file.shown) ??
        checkProgram({ name, release, arch, shown: file.shown }, (position, length) =>
          spill.readAt(start + position, Math.min(length, size - position)),
        );
      if (wrong !== undefined && issues.every(({ code }) => code !== wrong.code)) issues.push(wrong);
    }
  } finally {
    await file.close();
  }
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0)
    throw refused(
      'archive-program-missing',
      `${file.shown} has no ${missing.map((name) => `etcd-v…-linux-${arch}/${name}`).join(', no ')}.`,
      "Name etcd's own release archive for Linux, as it was released.",
    );
  return names.flatMap((name) => found.get(name) ?? []);
}
