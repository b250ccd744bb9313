/**
 * The minor releases of etcd that this package knows, oldest first: the one list that everything else is derived from.
 *
 * @public
 */
export const ETCD_RELEASES = ['3.4', '3.5', '3.6', '3.7'] as const;

/**
 * A minor release of etcd that this package knows.
 *
 * @public
 */
export type EtcdRelease = (typeof ETCD_RELEASES)[number];

/**
 * The patches of a release. What it has besides the releases before it stands in the tables, as `since`.
 *
 * @internal
 */
export interface EtcdPatches {
  /** The newest one known (https://github.com/etcd-io/etcd/tree/main/CHANGELOG). */
  readonly newest: number;
  /** The first with all fixes of 2026 (GHSA-6vch-q96h-7gc3, GHSA-xg4h-6gfc-h4m8); absent where the release gets none any more. */
  readonly safe?: number;
}

/** @internal */
export const ETCD_PATCHES: Readonly<Record<EtcdRelease, EtcdPatches>> = {
  '3.4': { newest: 45 },
  '3.5': { newest: 35, safe: 33 },
  '3.6': { newest: 16, safe: 14 },
  '3.7': { newest: 3, safe: 1 },
};
