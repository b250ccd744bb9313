import type { UnixTime } from '../x509/time.js';

/**
 * Which leaves are to be issued again.
 *
 * @public
 */
export type RenewalPolicy =
  /** Every one. */
  | { readonly type: 'all' }
  /** Those that end within so many seconds; absent: within 30 days, or the last third of what they last where that is less. */
  | { readonly type: 'ending'; readonly within?: number };

/**
 * A leaf that is there, as far as its renewal asks.
 *
 * @internal
 */
export interface PresentLeaf {
  readonly id: string;
  readonly notBefore: UnixTime;
  readonly notAfter: UnixTime;
  /** When one that is issued now would end. */
  readonly renewedUntil: UnixTime;
}

/** @internal */
export type RenewalVerdict =
  | { readonly type: 'due' }
  | { readonly type: 'lasting' }
  /** It ends soon, and a new one would end hardly later: its CA does not last longer. */
  | { readonly type: 'bounded' };

const THIRTY_DAYS = 2_592_000;
/** As cert-manager renews by default (`spec.renewBefore`), so that a leaf of a week is not renewed every day. */
const LAST_PART = 3;

/** A tenth of what a new one lasts: where a CA cuts ends that are spread, each day would gain a little. */
const LEAST_GAIN = 10;

/** @internal */
export function judgeRenewal(leaf: PresentLeaf, policy: RenewalPolicy, now: UnixTime): RenewalVerdict {
  if (policy.type === 'all') return { type: 'due' };
  const lasts = leaf.notAfter - leaf.notBefore;
  const within = policy.within ?? Math.min(THIRTY_DAYS, Math.floor(lasts / LAST_PART));
  if (leaf.notAfter - now > within) return { type: 'lasting' };
  const gained = leaf.renewedUntil - Math.max(leaf.notAfter, now);
  return gained > 0 && gained * LEAST_GAIN >= leaf.renewedUntil - now ? { type: 'due' } : { type: 'bounded' };
}
