import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { shutOutIssues } from '../pki/allowed-names.js';
import type { CertificatePlan } from '../pki/certificate-plan.js';
import type { Refusal } from './refusal.js';

interface PlannedCluster {
  readonly spec: ClusterSpec;
  readonly plans: readonly CertificatePlan[];
}

/**
 * What is good before and after, and not between: members change one after the other, and those that have changed have to get on
 * with those that have not. etcd has one set of these settings for what dials in and for what it dials (`client/pkg/transport/listener.go`).
 *
 * @internal
 */
export function midwayRefusals(before: PlannedCluster, after: PlannedCluster): readonly Refusal[] {
  return [...restrictionRefusals(before, after), ...tlsVersionRefusals(before.spec, after.spec)];
}

function restrictionRefusals(before: PlannedCluster, after: PlannedCluster): readonly Refusal[] {
  const paths = new Set(
    [...shutOutIssues(after.plans, before.spec), ...shutOutIssues(before.plans, after.spec)].map(
      ({ path }) => path,
    ),
  );
  return [...paths].map((path) => ({
    path,
    message:
      'While members change one after the other, those with the former certificates and those with the new ones would refuse each other.',
    cure: 'Take updates of their own: first without this setting, then with the new names, then with the setting.',
  }));
}

function tlsVersionRefusals(before: ClusterSpec, after: ClusterSpec): readonly Refusal[] {
  if (!(isParted(before, after) || isParted(after, before)) || after.certificates.tls === 'none') return [];
  const isRaised = after.members.some((member) => settingOf([after, member], 'tls-min-version') === 'TLS1.3');
  return [
    {
      path: `etcd.settings.${isRaised ? 'tls-min-version' : 'tls-max-version'}`,
      message:
        'While members change one after the other, those that have changed and those that have not would have no version of TLS in common.',
      cure: 'Take two updates: the first without tls-min-version and tls-max-version, the second with this document.',
    },
  ];
}

/** Whether a member of one takes less than another member of the other asks for. etcd knows TLS1.2 and TLS1.3 alone. */
function isParted(one: ClusterSpec, other: ClusterSpec): boolean {
  const below = membersWith(one, 'tls-max-version', 'TLS1.2');
  const above = membersWith(other, 'tls-min-version', 'TLS1.3');
  return above.some((name) => below.some((lower) => lower !== name));
}

/** By their names. */
function membersWith(spec: ClusterSpec, setting: string, value: string): readonly string[] {
  return spec.members.flatMap((member) =>
    settingOf([spec, member], setting) === value ? [member.name] : [],
  );
}

type Configured = readonly [spec: ClusterSpec, member: MemberSpec];

function settingOf([{ etcd }, { settings = [] }]: Configured, name: string): string | undefined {
  return [...settings, ...etcd.settings].find((setting) => setting.name === name)?.value;
}
