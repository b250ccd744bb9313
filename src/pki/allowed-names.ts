import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import { parseHost, sameHost } from '../net/host.js';
import { quoteValue } from '../text/quote-value.js';
import type { CertificatePlan, LeafPlan } from './certificate-plan.js';

/** How etcd restricts who gets in beyond the CA: the certificates that it judges, and what of them. */
interface Restriction {
  readonly setting: 'peer-cert-allowed-cn' | 'peer-cert-allowed-hostname' | 'client-cert-allowed-hostname';
  readonly judges: (leaf: LeafPlan, spec: ClusterSpec) => boolean;
  readonly has: (leaf: LeafPlan, allowed: string) => boolean;
  readonly name: (leaf: LeafPlan) => string;
  readonly cure: (allowed: readonly string[], leaves: readonly LeafPlan[]) => string;
}

const RESTRICTIONS: readonly Restriction[] = [
  {
    setting: 'peer-cert-allowed-cn',
    judges: isShownToPeers,
    has: (leaf, allowed) => commonNameOf(leaf) === allowed,
    name: (leaf) => `has the common name ${quoteValue(commonNameOf(leaf))}`,
    cure: (_, leaves) =>
      `Leave it out, or allow what the certificates have: ${[...new Set(leaves.map(commonNameOf))].join(',')}.`,
  },
  {
    setting: 'peer-cert-allowed-hostname',
    judges: isShownToPeers,
    has: bears,
    name: () => 'does not have such a name',
    cure: ([first = '']) => `Leave it out, or add ${first} to the altNames of every member.`,
  },
  {
    setting: 'client-cert-allowed-hostname',
    judges: ({ authority, settings, extendedKeyUsage }) =>
      authority === 'ca' && settings.length === 0 && extendedKeyUsage.includes('clientAuth'),
    has: bears,
    name: () => 'does not have such a name',
    cure: () => 'Leave it out: certificates of clients have no host names.',
  },
];

/**
 * Refuses a restriction of peers or clients that the planned certificates do not satisfy: no member would let another one in, and the
 * cluster would have no quorum; or nobody could reach it. etcd holds those of peers against what dials in and against what answers (etcd
 * `client/pkg/transport/listener.go`, baseConfig), so every certificate that a member shows its peers counts.
 *
 * @throws EtcdBundleError `invalid-spec`
 * @internal
 */
export function refuseShutOut(plans: readonly CertificatePlan[], spec: ClusterSpec): void {
  const issues = shutOutIssues(plans, spec);
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
}

/** @internal */
export function shutOutIssues(plans: readonly CertificatePlan[], spec: ClusterSpec): readonly Issue[] {
  const leaves = plans.filter((plan) => plan.type === 'leaf');
  return RESTRICTIONS.flatMap((restriction) => shutOut(restriction, leaves, spec));
}

function shutOut(
  { setting, judges, has, name, cure }: Restriction,
  all: readonly LeafPlan[],
  spec: ClusterSpec,
): readonly Issue[] {
  const value = spec.etcd.settings.find((other) => other.name === setting)?.value ?? '';
  if (value === '') return [];
  const allowed = value.split(',');
  const leaves = all.filter((leaf) => judges(leaf, spec));
  const refused = leaves.find((leaf) => !allowed.some((one) => has(leaf, one)));
  if (refused === undefined) return [];
  return [
    {
      code: setting.startsWith('peer-') ? 'peers-shut-out' : 'clients-shut-out',
      path: `etcd.settings.${setting}`,
      message: `etcd would refuse ${refused.id}: its certificate ${name(refused)}, and ${setting} is ${quoteValue(value)}; etcd says "client certificate authentication failed".`,
      cure: cure(allowed, leaves),
    },
  ];
}

/** A cluster of one has no peers. */
function isShownToPeers({ settings }: LeafPlan, { members }: ClusterSpec): boolean {
  return (
    members.length > 1 &&
    settings.some(({ name }) => name === 'peer-cert-file' || name === 'peer-client-cert-file')
  );
}

function commonNameOf({ subject }: LeafPlan): string {
  return subject.find(({ type }) => type === 'CN')?.value ?? '';
}

function bears({ altNames }: LeafPlan, allowed: string): boolean {
  return altNames.some((name) => isNamed(name, allowed));
}

/** Go's VerifyHostname: equal, or below a wildcard that stands for one label. */
function isNamed(name: LeafPlan['altNames'][number], allowed: string): boolean {
  const host = parseHost(allowed);
  if (host === undefined) return false;
  if (sameHost(name, host)) return true;
  return (
    name.type === 'dns' &&
    host.type === 'dns' &&
    name.name.startsWith('*.') &&
    host.name.includes('.') &&
    host.name.slice(host.name.indexOf('.')) === name.name.slice(1)
  );
}
