import type { EtcdVersion } from '../cluster-spec.js';
import { ETCD_RELEASES, type EtcdRelease } from '../etcd-releases.js';
import { etcdPatch } from './version.js';

/**
 * The releases that have something, open at the end: what the newest release has, the next one has until its row says otherwise.
 *
 * @internal
 */
export interface ReleaseSpan {
  /** The first release that has it; or the first patches that have it, of some releases, and every release after these. */
  readonly since?: EtcdRelease | Readonly<Partial<Record<EtcdRelease, number>>>;
  /** The last release that has it. */
  readonly until?: EtcdRelease;
}

/** @internal */
export function isInSpan(version: EtcdVersion, span: ReleaseSpan): boolean {
  const first = firstPatch(version.release, span);
  return first !== undefined && etcdPatch(version) >= first;
}

/**
 * The first version of each release that has it.
 *
 * @internal
 */
export function firstVersions(span: ReleaseSpan): readonly EtcdVersion[] {
  return ETCD_RELEASES.flatMap((release) => {
    const patch = firstPatch(release, span);
    if (patch === undefined) return [];
    return patch === 0 ? { release } : { release, patch };
  });
}

/**
 * The releases in at least one of the spans, in words: `3.4 (from 3.4.25), 3.5 (from 3.5.8), 3.6 and 3.7`.
 *
 * @internal
 */
export function describeSpan(...spans: readonly ReleaseSpan[]): string {
  const parts = ETCD_RELEASES.flatMap((release) => {
    const first = Math.min(...spans.map((span) => firstPatch(release, span) ?? Number.POSITIVE_INFINITY));
    if (first === Number.POSITIVE_INFINITY) return [];
    return first === 0 ? release : `${release} (from ${release}.${first})`;
  });
  const last = parts.at(-1) ?? 'no release';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * The first patch of a release that has it; undefined where none has. None has a release that is not in the list: a spec is plain data, and may
 * come from a newer version of this package.
 *
 * @internal
 */
export function firstPatch(release: EtcdRelease, { since, until }: ReleaseSpan): number | undefined {
  if (!ETCD_RELEASES.includes(release)) return undefined;
  if (until !== undefined && isBefore(until, release)) return undefined;
  if (since === undefined) return 0;
  if (typeof since === 'string') return isBefore(release, since) ? undefined : 0;
  const later = (): boolean =>
    ETCD_RELEASES.every((other) => since[other] === undefined || isBefore(other, release));
  return since[release] ?? (later() ? 0 : undefined);
}

function isBefore(a: EtcdRelease, b: EtcdRelease): boolean {
  return ETCD_RELEASES.indexOf(a) < ETCD_RELEASES.indexOf(b);
}
