import type { ClusterDocument } from '../../cluster-document.js';
import type { ClusterSpec, DiscoverySpec } from '../../cluster-spec.js';
import { srvTarget } from '../../etcd/discovery-srv.js';
import { parseDnsName } from '../../net/host.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

/** What is left of a label's 63 characters (RFC 1035, 2.3.4) beside `_etcd-server-ssl-`. */
const SERVICE_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,44}[A-Za-z0-9])?$/;

/**
 * Reads where members find each other by DNS, if that is how they do.
 *
 * @internal
 */
export function resolveDiscovery(
  { discoverySrv, discoverySrvName }: NonNullable<ClusterDocument['cluster']>,
  issues: IssueList,
): DiscoverySpec | undefined {
  if (discoverySrv === undefined) {
    if (discoverySrvName !== undefined)
      issues.add(
        'discovery-name-without-domain',
        'cluster.discoverySrvName',
        'A service name is looked up in a domain, and there is none.',
        'Write cluster.discoverySrv too, or leave it out.',
      );
    return undefined;
  }
  const domain = parseDnsName(discoverySrv);
  if (domain === undefined)
    issues.add(
      'not-a-domain',
      'cluster.discoverySrv',
      `${quoteValue(discoverySrv)} is not a domain.`,
      'Write the domain of the SRV records alone, such as example.org, without _etcd-server-ssl._tcp and without a dot at its end.',
    );
  if (discoverySrvName !== undefined && !SERVICE_NAME.test(discoverySrvName))
    issues.add(
      'not-a-service-name',
      'cluster.discoverySrvName',
      `${quoteValue(discoverySrvName)} is not part of a service name.`,
      'Write what follows _etcd-server-ssl- in the records: letters, digits and inner hyphens, at most 46.',
    );
  if (domain === undefined) return undefined;
  return {
    domain: domain.name,
    ...(discoverySrvName === undefined ? {} : { serviceName: discoverySrvName }),
  };
}

/**
 * Checks that each member is found as itself: by one record, at a name that no other member has.
 *
 * @internal
 */
export function checkDiscovery({ cluster, etcd, members, kubernetes }: ClusterSpec, issues: IssueList): void {
  const { discovery } = cluster;
  if (discovery === undefined) return;
  // It drops what it found in _etcd-server._tcp (etcd 3.4 `embed/config.go`, GetDNSClusterNames; seen of 3.4.23).
  const isPlain = members.some((member) =>
    member.initialAdvertisePeerUrls.some(({ scheme }) => scheme === 'http'),
  );
  if (etcd.version.release === '3.4' && isPlain)
    issues.add(
      'discovery-over-http',
      'cluster.discoverySrv',
      'etcd 3.4 finds no peers that speak plain http.',
      'Give peers TLS, write etcd.version: "3.5" or newer, or leave it out.',
    );
  if (kubernetes?.staticPod === true)
    issues.add(
      'discovery-in-static-pod',
      'cluster.discoverySrv',
      "kubeadm writes initial-cluster into etcd's pod, and etcd does not take discovery-srv beside it.",
      'Remove it, or write kubernetes.staticPod: false.',
    );
  const owners = new Map<string, number>();
  for (const [index, member] of members.entries()) {
    if (member.initialAdvertisePeerUrls.length > 1)
      issues.add(
        'discovery-several-peer-urls',
        `members[${index}].initialAdvertisePeerUrls`,
        'Every SRV record is a member of its own, and this one would be found several times.',
        'Advertise one URL to peers.',
      );
    const target = srvTarget(member, discovery.domain);
    if (target === undefined) {
      issues.add(
        'discovery-without-name',
        `members[${index}].name`,
        `SRV records point to names, and ${quoteValue(`${member.name}.${discovery.domain}`)} is not a DNS name.`,
        'Add a DNS name to its address, such as [10.0.0.1, e1.example.org], or rename the member.',
      );
      continue;
    }
    const owner = owners.get(target.name);
    if (owner !== undefined)
      issues.add(
        'repeated-srv-target',
        `members[${index}]`,
        `SRV records would point to members[${owner}] and to members[${index}] at ${target.name}.`,
        'Give every member its own DNS name.',
      );
    owners.set(target.name, owner ?? index);
  }
}
