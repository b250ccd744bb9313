import type { ClusterSpec, DiscoverySpec, EtcdSetting, MemberSpec } from '../cluster-spec.js';
import type { Endpoint } from '../net/endpoint.js';
import { type DnsName, type Host, hostText, parseDnsName } from '../net/host.js';

/**
 * A record in the form of a zone file (RFC 1035, 5.1; RFC 2782).
 *
 * @internal
 */
export interface DnsRecord {
  /** With the dot at its end. */
  readonly owner: string;
  readonly type: 'SRV' | 'A' | 'AAAA';
  readonly data: string;
}

/**
 * The settings with which etcd asks DNS for its peers; they stand in the place of initial-cluster, beside which etcd refuses them.
 *
 * @internal
 */
export function discoverySettings({ domain, serviceName }: DiscoverySpec): readonly EtcdSetting[] {
  return [
    { name: 'discovery-srv', value: domain },
    ...(serviceName === undefined ? [] : [{ name: 'discovery-srv-name', value: serviceName }]),
  ];
}

/**
 * The name at which SRV records point to a member, which its peers then dial: a DNS name that it has, or its own below the domain.
 *
 * @returns undefined where its name is not a DNS name and it has no other
 * @internal
 */
export function srvTarget(member: MemberSpec, domain: string): DnsName | undefined {
  const hosts: readonly Host[] = [
    ...member.initialAdvertisePeerUrls.map(({ host }) => host),
    ...member.addresses,
  ];
  const own = hosts.find((host) => host.type === 'dns');
  if (own !== undefined) return own;
  const name = member.name.toLowerCase();
  return parseDnsName(name.endsWith(`.${domain}`) ? name : `${name}.${domain}`);
}

/**
 * What certificates have to name besides the members' URLs: the SRV target, which peers dial, and the domain, for which etcdctl and
 * other clients ask where they are given it (etcd `etcdctl/ctlv3/command/global.go`).
 *
 * @internal
 */
export function discoveryHosts(
  discovery: DiscoverySpec | undefined,
  members: readonly MemberSpec[],
): readonly Host[] {
  if (discovery === undefined) return [];
  const { domain } = discovery;
  return [...members.flatMap((member) => srvTarget(member, domain) ?? []), { type: 'dns', name: domain }];
}

/**
 * The records of a cluster's domain: where peers find each other, where clients find the members, and the addresses of both.
 *
 * etcd tells its own record by its address, so a target has that which the member advertises and no other
 * (etcd `client/pkg/srv/srv.go`, GetCluster).
 *
 * @internal
 */
export function discoveryRecords(
  { members }: Pick<ClusterSpec, 'members'>,
  { domain, serviceName }: DiscoverySpec,
): readonly DnsRecord[] {
  const suffix = serviceName === undefined ? '' : `-${serviceName}`;
  const srv = (service: string, { scheme, port }: Endpoint, target: DnsName): DnsRecord => ({
    owner: `_${service}${scheme === 'https' ? '-ssl' : ''}${suffix}._tcp.${domain}.`,
    type: 'SRV',
    data: `0 0 ${port} ${target.name}.`,
  });
  const found = members.flatMap((member) => {
    const target = srvTarget(member, domain);
    return target === undefined ? [] : [{ member, target }];
  });
  return [
    ...found.flatMap(({ member, target }) =>
      member.initialAdvertisePeerUrls.map((url) => srv('etcd-server', url, target)),
    ),
    ...found.flatMap(({ member, target }) =>
      member.advertiseClientUrls.slice(0, 1).map((url) => srv('etcd-client', url, target)),
    ),
    ...found.flatMap(({ member, target }) => addressRecord(member, target)),
  ];
}

function addressRecord(member: MemberSpec, target: DnsName): readonly DnsRecord[] {
  const hosts = [...member.initialAdvertisePeerUrls.map(({ host }) => host), ...member.addresses];
  const address = hosts.find((host) => host.type === 'ip');
  if (address === undefined) return [];
  return [{ owner: `${target.name}.`, type: address.version === 6 ? 'AAAA' : 'A', data: hostText(address) }];
}
