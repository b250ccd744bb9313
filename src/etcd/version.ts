import type { EtcdVersion } from '../cluster-spec.js';
import { ETCD_PATCHES, ETCD_RELEASES, type EtcdRelease } from '../etcd-releases.js';
import { alternatives } from '../text/alternatives.js';

const VERSION = /^v?(\d+\.\d+)(?:\.(0|[1-9]\d{0,3}))?$/;

/**
 * Reads `3.6`, `3.6.16` or `v3.6.16`, as etcd's own download pages and `etcd --version` write it.
 *
 * @returns undefined for anything else, for pre-releases, and for releases that this package does not know
 * @internal
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
 * @internal
 */
export function formatEtcdVersion(version: EtcdVersion): string {
  return version.patch === undefined ? version.release : `${version.release}.${version.patch}`;
}

/**
 * The patch release that a version stands for: its own, or the newest known one of its release.
 *
 * @internal
 */
export function etcdPatch(version: EtcdVersion): number {
  return version.patch ?? ETCD_PATCHES[version.release].newest;
}

/**
 * The newest release: the default of a document.
 *
 * @internal
 */
export function newestRelease(): EtcdRelease {
  return ETCD_RELEASES.at(-1) ?? ETCD_RELEASES[0];
}

/**
 * All known releases in words: `3.4 to 3.7`.
 *
 * @internal
 */
export function releaseRange(): string {
  return `${ETCD_RELEASES[0]} to ${newestRelease()}`;
}

/**
 * What to write for a version: `Write "3.4", "3.5", "3.6" or "3.7", or a patch such as "3.6.16".`
 *
 * @internal
 */
export function versionCure(): string {
  const quoted = ETCD_RELEASES.map((release) => `"${release}"`);
  return `Write ${alternatives(quoted)}, or a patch such as "3.6.16".`;
}
