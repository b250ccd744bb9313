import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError } from '../errors.js';
import type { UnixTime } from '../x509/time.js';
import { timeOrSecondsText } from '../x509/time.js';
import type { LeafPlan } from './certificate-plan.js';

/**
 * The end of a leaf: as planned, and never past its CA's. Go refuses a chain as soon as any link has expired, so a longer leaf
 * would promise what it cannot keep. Ends that are spread stay so where the CA cuts them: each keeps its part of the time that is left.
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
  const { validity, earlier = 0 } = plan;
  const planned = now + validity;
  if (spec.certificates.beyondAuthority === 'clamp') {
    const part = validity / (validity + earlier);
    return planned + earlier <= authorityNotAfter
      ? planned
      : now + Math.floor((authorityNotAfter - now) * part);
  }
  if (planned <= authorityNotAfter) return planned;
  throw new EtcdBundleError('invalid-authority', [
    {
      code: 'outlives-authority',
      path: 'certificates.validity.leaf',
      message: `${plan.id} would last until ${timeOrSecondsText(planned)}, its CA only until ${timeOrSecondsText(authorityNotAfter)}.`,
      cure: 'Shorten certificates.validity.leaf, or write certificates.beyondAuthority: clamp.',
    },
  ]);
}
