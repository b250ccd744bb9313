import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../errors.js';
import type { LeafPlan } from '../pki/certificate-plan.js';
import { leafNotAfter, possibleNotAfter } from '../pki/validity.js';
import { formatTime, parseTime, type UnixTime } from '../x509/time.js';

/**
 * When the certificate of a CA that signs ends; it never does where there is none.
 *
 * @internal
 */
export function authorityEnd({ manifest }: BundleState, id: string): UnixTime {
  const signing = manifest.authorities.find((authority) => authority.id === id)?.certificates[0];
  return parseTime(signing?.notAfter ?? '') ?? Number.POSITIVE_INFINITY;
}

/**
 * Refuses leaves that would outlive their CA before anything is issued.
 *
 * @param endOf - when a CA ends
 * @throws EtcdBundleError `invalid-authority`, all of them at once
 * @internal
 */
export function refuseOutliving(
  endOf: (id: string) => UnixTime,
  spec: ClusterSpec,
  plans: readonly LeafPlan[],
  now: UnixTime,
): void {
  const issues = plans.flatMap((plan): readonly Issue[] => {
    try {
      leafNotAfter(now, endOf(plan.authority), plan, spec);
      return [];
    } catch (error) {
      if (!isEtcdBundleError(error)) throw error;
      return error.issues;
    }
  });
  if (issues.length > 0) throw new EtcdBundleError('invalid-authority', issues);
}

/**
 * Says of pairs that are to be issued which of them their CA cuts, a sentence for each CA.
 *
 * @internal
 */
export function cutNotices(
  state: BundleState,
  spec: ClusterSpec,
  plans: readonly LeafPlan[],
  now: UnixTime,
): readonly string[] {
  const cut = plans.filter(
    (plan) => possibleNotAfter(now, authorityEnd(state, plan.authority), plan, spec) < now + plan.validity,
  );
  return [...new Set(cut.map(({ authority }) => authority))].map((authority) => {
    const count = cut.filter((plan) => plan.authority === authority).length;
    const end = formatTime(authorityEnd(state, authority));
    return `New pairs of the CA ${authority} last no longer than it, until ${end}: ${count} of them are cut.`;
  });
}
