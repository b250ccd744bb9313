import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError } from '../errors.js';
import type { UnixTime } from '../x509/time.js';
import { timeOrSecondsText } from '../x509/time.js';
import type { LeafPlan } from './certificate-plan.js';

/**
 * The end of a leaf: as planned, and never past its CA's. Go refuses a chain as soon as any link has expired, so a longer leaf
 * would promise what it cannot keep.
 *
 * @throws EtcdBundleError `invalid-authority` where the leaf would outlive its CA and clamping was not asked for
 * @internal
 */
export function leafNotAfter(
  now: UnixTime,
  authorityNotAfter: UnixTime,
  plan: LeafPlan,
  spec: ClusterSpec,
): UnixTime {
  const planned = now + plan.validity;
  if (planned <= authorityNotAfter || spec.certificates.beyondAuthority === 'clamp')
    return possibleNotAfter(now, authorityNotAfter, plan, spec);
  throw new EtcdBundleError('invalid-authority', [
    {
      code: 'outlives-authority',
      path: 'certificates.validity.leaf',
      message: `${plan.id} would last until ${timeOrSecondsText(planned)}, its CA only until ${timeOrSecondsText(authorityNotAfter)}.`,
      cure: 'Shorten certificates.validity.leaf, or write certificates.beyondAuthority: clamp.',
    },
  ]);
}

/**
 * The latest end that a leaf can have. Where the CA cuts ends that are spread, they are counted back from its own, so that another leaf
 * issued later would end no later; where less is left than they are spread over, they end with it.
 *
 * @internal
 */
export function possibleNotAfter(
  now: UnixTime,
  authorityNotAfter: UnixTime,
  { validity, earlier = 0 }: LeafPlan,
  { certificates }: ClusterSpec,
): UnixTime {
  const { spread = 0 } = certificates.validity;
  const isTimeLeft = authorityNotAfter - spread > now;
  return Math.min(now + validity, isTimeLeft ? authorityNotAfter - earlier : authorityNotAfter);
}
