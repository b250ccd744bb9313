import type { ManifestAuthority } from '../bundle/manifest/manifest.js';

/**
 * How far the change of a CA to a new key has come: `settled`, there is one CA; `trust`, hosts trust the old one and the new one, and all pairs
 * are the old one's; `reissue`, hosts trust both, and all pairs are the new one's.
 *
 * @internal
 */
export type RotationPhase = ManifestAuthority['phase'];

/**
 * Which way: on to the next phase, back to the one before, or, where the cluster is down, from any phase to a new CA at once.
 *
 * @public
 */
export type RotationDirection = 'forward' | 'back' | 'at-once';

/** @internal */
export const DIRECTIONS: readonly RotationDirection[] = ['forward', 'back', 'at-once'];

/**
 * One generation of a rotation.
 *
 * @internal
 */
export interface RotationMove {
  readonly from: RotationPhase;
  readonly to: RotationPhase;
  /** Whom hosts trust afterwards; absent where that stays. It counts once who reads the file is started again. */
  readonly trusts?: 'both' | CaKey;
  /** Whose pairs hosts have afterwards; absent where they stay. They are read at each handshake. */
  readonly pairs?: CaKey;
  /**
   * What has to be so before its first step: `healthy`, all members are; `accepted`, everybody takes the pairs that are to come; `presented`, nobody
   * has a pair any more that will not be trusted; `none`, nobody is up.
   */
  readonly gate: 'healthy' | 'accepted' | 'presented' | 'none';
}

/** Of the CA that is there, or of the one that takes its place. */
type CaKey = 'old' | 'new';

const MOVES: Readonly<Record<'forward' | 'back', readonly RotationMove[]>> = {
  forward: [
    { from: 'settled', to: 'trust', trusts: 'both', gate: 'healthy' },
    { from: 'trust', to: 'reissue', pairs: 'new', gate: 'accepted' },
    { from: 'reissue', to: 'settled', trusts: 'new', gate: 'presented' },
  ],
  back: [
    { from: 'trust', to: 'settled', trusts: 'old', gate: 'presented' },
    { from: 'reissue', to: 'trust', pairs: 'old', gate: 'accepted' },
  ],
};

/**
 * The generation that follows on a phase; undefined where there is no way back any more.
 *
 * @internal
 */
export function rotationMove(from: RotationPhase, direction: RotationDirection): RotationMove | undefined {
  if (direction === 'at-once') return { from, to: 'settled', trusts: 'new', pairs: 'new', gate: 'none' };
  return MOVES[direction].find((move) => move.from === from);
}

/**
 * Whether a move takes a CA that is not there yet.
 *
 * @internal
 */
export function makesAuthority({ from, trusts, gate }: RotationMove): boolean {
  return gate === 'none' || (from === 'settled' && trusts === 'both');
}

/**
 * What stands in the names of the files in `ca/` of the CA that does not sign; undefined where there is none. The one that signs has none.
 *
 * @internal
 */
export function secondSuffix(phase: RotationPhase): 'next' | 'former' | undefined {
  return phase === 'settled' ? undefined : phase === 'trust' ? 'next' : 'former';
}
