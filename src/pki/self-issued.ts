import { MEMBER_PLACEHOLDER } from '../certificate-roles.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import { formatDistinguishedName } from '../x509/distinguished-name.js';
import type { CertificatePlan, LeafPlan } from './certificate-plan.js';

/**
 * Refuses leaves that would have the name of an authority of the plan. A leaf whose subject is its issuer's reads as self-issued, and
 * path validation ends there (RFC 5280, 6.1).
 *
 * @throws EtcdBundleError `invalid-spec`
 * @internal
 */
export function refuseSelfIssued(plans: readonly CertificatePlan[], spec: ClusterSpec): void {
  const nameOf = (plan: CertificatePlan): string => formatDistinguishedName(plan.subject).toLowerCase();
  const authorities = new Set(plans.filter(({ type }) => type === 'authority').map(nameOf));
  const issues = new Map<string, Issue>();
  for (const plan of plans) {
    if (plan.type === 'authority' || !authorities.has(nameOf(plan))) continue;
    const issue = selfIssued(plan, formatDistinguishedName(plan.subject), spec);
    if (!issues.has(issue.path)) issues.set(issue.path, issue);
  }
  if (issues.size > 0) throw new EtcdBundleError('invalid-spec', [...issues.values()]);
}

/**
 * @param name - of the authority
 * @internal
 */
export function selfIssued(plan: LeafPlan, name: string, spec: ClusterSpec): Issue {
  return {
    code: 'self-issued',
    path: pathOf(plan, spec),
    message: `The certificate ${plan.id} would have the same name as its CA, ${name}.`,
    cure: 'Choose another name.',
  };
}

function pathOf(plan: LeafPlan, spec: ClusterSpec): string {
  const { holder } = plan;
  if (holder.type === 'client')
    return `clients[${spec.clients.findIndex(({ name }) => name === holder.name)}].commonName`;
  const literal = Object.entries(spec.certificates.commonNames).find(([role]) => role === plan.role)?.[1];
  if (literal !== undefined && !literal.includes(MEMBER_PLACEHOLDER))
    return `certificates.commonNames.${plan.role}`;
  if (holder.type !== 'members' || holder.names.length > 1) return 'cluster.name';
  return `members[${spec.members.findIndex(({ name }) => name === holder.names[0])}].name`;
}
