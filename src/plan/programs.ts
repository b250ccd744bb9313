import type { ManifestHost } from '../bundle/manifest/manifest.js';
import { type ProgramDigest, type ProgramFile, placePrograms } from '../bundle/programs.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { octal } from '../text/octal.js';
import type { Change, HostUpdate, UpdatedFile } from './update.js';

/**
 * What members get of etcd's release archives; what `readReleaseArchives` reads is one.
 *
 * @public
 */
export interface GivenPrograms {
  /** Those of one member. */
  readonly of: (member: MemberSpec) => readonly ProgramDigest[];
}

/**
 * Whether an update brings programs of the document's `etcd.archive`: another release, archive or place, or a host that is new.
 *
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const { text, folder } = await readDocument('cluster.yaml');
 * const spec = parseClusterDocument(text);
 * const programs = needsPrograms(state, spec) ? await readReleaseArchives(spec, folder) : undefined;
 * const wanted = { spec, document: text, ...(programs === undefined ? {} : { programs }) };
 * planUpdate(state, wanted, { now }).changes; // => []
 * ```
 * @public
 */
export function needsPrograms(state: BundleState, spec: ClusterSpec): boolean {
  if (spec.etcd.archive === undefined) return false;
  const [was, is] = [state.spec, spec].map(({ etcd: { version, archive, binary } }) =>
    JSON.stringify([version, archive, binary]),
  );
  const known = new Set(state.spec.members.map(({ name }) => name));
  return was !== is || spec.members.some(({ name }) => !known.has(name));
}

/**
 * By members' names; none where the bundle brings none, or those that are there stay.
 *
 * @internal
 */
export function programsByMember(
  { etcd, members }: ClusterSpec,
  programs: GivenPrograms | undefined,
): ReadonlyMap<string, readonly ProgramFile[]> {
  if (programs === undefined) return new Map();
  return new Map(members.map((member) => [member.name, placePrograms(etcd, programs.of(member))]));
}

/**
 * The programs of a host once an update is in place.
 *
 * @param given - absent where none comes
 * @param isReplaced - whether the operator installs others where none comes: those are not the bundle's
 * @internal
 */
export function programFiles(
  former: ManifestHost | undefined,
  given: readonly ProgramFile[] | undefined,
  isReplaced: boolean,
): readonly UpdatedFile[] {
  const there = (former?.files ?? []).filter(({ kind }) => kind === 'binary');
  if (given === undefined) return isReplaced ? [] : there.map((file) => ({ type: 'kept', file }));
  return given.map(({ path, mode, owner, program, size, sha256 }): UpdatedFile => {
    const placed = { path: `/${path}`, mode: octal(mode), owner: `${owner.user}:${owner.group}`, sha256 };
    const file = there.find((one) => one.path === placed.path);
    const isThere = file?.sha256 === sha256 && file.mode === placed.mode && file.owner === placed.owner;
    return isThere ? { type: 'kept', file } : { type: 'program', kind: 'binary', program, size, ...placed };
  });
}

/**
 * Programs of the release that is there which come from another archive.
 *
 * @internal
 */
export function programChanges({ name, files }: HostUpdate): readonly Change[] {
  return files.flatMap((file): readonly Change[] =>
    file.type === 'program'
      ? [{ hosts: [name], what: file.path, detail: 'from another archive', effect: 'restart' }]
      : [],
  );
}
