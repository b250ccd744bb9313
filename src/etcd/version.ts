import type { EtcdRelease, EtcdVersion } from '../cluster-spec.js';

/**
 * From when on a release of etcd has something: `3.6` is all its patches, `3.5.8` that patch and the later ones of 3.5.
 *
 * @internal
 */
export type Since = EtcdRelease | `${EtcdRelease}.${number}`;

/**
 * The releases, oldest first.
 *
 * @public
 */
export const ETCD_RELEASES: readonly EtcdRelease[] = ['3.4', '3.5', '3.6', '3.7'];

/** https://github.com/etcd-io/etcd/tree/main/CHANGELOG; 3.4 has reached its end of life. */
const NEWEST_PATCH: Readonly<Record<EtcdRelease, number>> = { '3.4': 45, '3.5': 35, '3.6': 16, '3.7': 3 };

const VERSION = /^v?(\d+\.\d+)(?:\.(0|[1-9]\d{0,3}))?$/;

/**
 * Reads `3.6`, `3.6.16` or `v3.6.16`, as etcd's own download pages and `etcd --version` write it.
 *
 * @returns undefined for anything else, for pre-releases, and for releases that this package does not know
 * @public
 */
export function parseEtcdVersion(text: string): EtcdVersion | undefined {
  const [, minor, patch] = VERSION.exec(text) ?? [];
  const release = ETCD_RELEASES.find((known) => known === minor);
  if (release === undefined) return undefined;
  return patch === undefined ? { release } : { release, patch: Number(patch) };
}

/**
 * `3.6`, or `3.6.16` where the patch is known.
 *
 * @public
 */
export function formatEtcdVersion(version: EtcdVersion): string {
  return version.patch === undefined ? version.release : `${version.release}.${version.patch}`;
}

/**
 * The patch release that a version stands for: its own, or the newest known one of its release.
 *
 * @public
 */
export function etcdPatch(version: EtcdVersion): number {
  return version.patch ?? NEWEST_PATCH[version.release];
}

/**
 * Orders versions from old to new: negative where `a` is older than `b`, 0 where both stand for the same patch.
 *
 * @public
 */
export function compareEtcdVersions(a: EtcdVersion, b: EtcdVersion): number {
  const releases = ETCD_RELEASES.indexOf(a.release) - ETCD_RELEASES.indexOf(b.release);
  return releases === 0 ? etcdPatch(a) - etcdPatch(b) : releases;
}

/**
 * Whether the version is at or after the first patch that its own release is listed with.
 *
 * @internal
 */
export function hasSince(version: EtcdVersion, since: readonly Since[]): boolean {
  return since.some((text) => {
    const first = parseEtcdVersion(text);
    return first?.release === version.release && etcdPatch(version) >= (first.patch ?? 0);
  });
}

/**
 * The releases in words: `3.4 (from 3.4.25), 3.5 (from 3.5.8), 3.6 and 3.7`.
 *
 * @internal
 */
export function describeSince(since: readonly Since[]): string {
  const parts = since.map((text) => {
    const first = parseEtcdVersion(text);
    return first?.patch === undefined ? text : `${first.release} (from ${text})`;
  });
  const last = parts.at(-1) ?? 'no release';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
