import type { ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import { parseHost, sameHost } from '../net/host.js';
import { quoteValue } from '../text/quote-value.js';
import type { CertificatePlan, LeafPlan } from './certificate-plan.js';

/** How etcd restricts peers beyond their CA, and what of a certificate it looks at. */
interface Restriction {
  readonly setting: 'peer-cert-allowed-cn' | 'peer-cert-allowed-hostname';
  readonly has: (leaf: LeafPlan, allowed: string) => boolean;
  readonly name: (leaf: LeafPlan) => string;
  readonly cure: (allowed: readonly string[], leaves: readonly LeafPlan[]) => string;
}

const RESTRICTIONS: readonly Restriction[] = [
  {
    setting: 'peer-cert-allowed-cn',
    has: (leaf, allowed) => commonNameOf(leaf) === allowed,
    name: (leaf) => `has the common name ${quoteValue(commonNameOf(leaf))}`,
    cure: (_, leaves) =>
      `Leave it out, or allow what the certificates have: ${[...new Set(leaves.map(commonNameOf))].join(',')}.`,
  },
  {
    setting: 'peer-cert-allowed-hostname',
    has: (leaf, allowed) => leaf.altNames.some((name) => isNamed(name, allowed)),
    name: () => 'does not have such a name',
    cure: ([first = '']) => `Leave it out, or add ${first} to the altNames of every member.`,
  },
];

/**
 * Refuses a restriction of peers that the planned certificates do not satisfy: no member would let another one in, and the cluster would
 * have no quorum. etcd holds it against what dials in and against what answers (etcd `client/pkg/transport/listener.go`, baseConfig), so
 * every certificate that a member shows its peers counts.
 *
 * @throws EtcdBundleError `invalid-spec`
 * @internal
 */
export function refuseShutOutPeers(plans: readonly CertificatePlan[], spec: ClusterSpec): void {
  if (spec.members.length < 2) return;
  const leaves = plans.filter((plan) => plan.type === 'leaf').filter(isShownToPeers);
  const issues = RESTRICTIONS.flatMap((restriction) => shutOut(restriction, leaves, spec));
  if (issues.length > 0) throw new EtcdBundleError('invalid-spec', issues);
}

function shutOut(
  { setting, has, name, cure }: Restriction,
  leaves: readonly LeafPlan[],
  { etcd }: ClusterSpec,
): readonly Issue[] {
  const value = etcd.settings.find((other) => other.name === setting)?.value ?? '';
  if (value === '') return [];
  const allowed = value.split(',');
  const refused = leaves.find((leaf) => !allowed.some((one) => has(leaf, one)));
  if (refused === undefined) return [];
  return [
    {
      code: 'conflict',
      path: `etcd.settings.${setting}`,
      message: `Peers would refuse ${refused.id}: its certificate ${name(refused)}, and ${setting} is ${quoteValue(value)}; etcd says "client certificate authentication failed".`,
      cure: cure(allowed, leaves),
    },
  ];
}

function isShownToPeers({ settings }: LeafPlan): boolean {
  return settings.some(({ name }) => name === 'peer-cert-file' || name === 'peer-client-cert-file');
}

function commonNameOf({ subject }: LeafPlan): string {
  return subject.find(({ type }) => type === 'CN')?.value ?? '';
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
