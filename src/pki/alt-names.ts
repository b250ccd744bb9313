import type { ClusterSpec, EtcdSetting, MemberSpec } from '../cluster-spec.js';
import { discoveryHosts } from '../etcd/discovery-srv.js';
import { type Endpoint, parseEndpoint } from '../net/endpoint.js';
import { type Host, hostText, parseDnsName } from '../net/host.js';
import { isUnspecified } from '../net/ip-address.js';
import { socketServerName } from '../net/unix-socket.js';
import type { AltNamesRule } from './certificate-table.js';

const NONE: readonly Host[] = [];

/**
 * The SANs of one member's certificate in kubeadm's order: DNS names sorted, then IP addresses with the advertised one first,
 * loopback after it (kubeadm `pkiutil.GetEtcdAltNames`, `RemoveDuplicateAltNames`).
 *
 * @internal
 */
export function planAltNames(
  rule: AltNamesRule,
  members: readonly MemberSpec[],
  { certificates, cluster, etcd: { settings } }: Pick<ClusterSpec, 'certificates' | 'cluster' | 'etcd'>,
): readonly Host[] {
  if (rule === 'none') return NONE;
  const names = certificates.memberAltName ? members.flatMap(({ name }) => parseDnsName(name) ?? []) : [];
  const advertised = members.map(({ addresses }) => addresses[0]);
  const others = members.flatMap(({ addresses }) => addresses.slice(1));
  const dialled = members.flatMap((member) => [
    ...urlsOf(rule, member).map(({ host }) => host),
    ...(rule === 'peer-urls' ? [] : socketNames(member)),
  ]);
  const own = members.flatMap(({ altNames }) => altNames);
  const shared = rule === 'peer-urls' ? [] : certificates.altNames;
  const plain = rule === 'peer-urls' ? [] : httpHosts(settings);
  return order([
    ...names,
    ...advertised,
    ...certificates.loopbackNames,
    ...others,
    ...dialled,
    ...plain,
    ...discoveryHosts(cluster.discovery, members),
    ...own,
    ...shared,
  ]);
}

function urlsOf(rule: AltNamesRule, member: MemberSpec): readonly Endpoint[] {
  const client = [...member.advertiseClientUrls, ...member.listenClientUrls, ...member.listenMetricsUrls];
  const peer = [...member.initialAdvertisePeerUrls, ...member.listenPeerUrls];
  return [...(rule === 'peer-urls' ? [] : client), ...(rule === 'client-urls' ? [] : peer)].filter(
    ({ scheme }) => scheme === 'https',
  );
}

function socketNames({ listenClientSockets = [] }: MemberSpec): readonly Host[] {
  return listenClientSockets
    .filter(({ scheme }) => scheme === 'unixs')
    .flatMap((socket) => parseDnsName(socketServerName(socket)) ?? []);
}

/** Where etcd serves HTTP apart from gRPC, with the same certificate (etcd `embed/etcd.go`, configureClientListeners). */
function httpHosts(settings: readonly EtcdSetting[]): readonly Host[] {
  const urls = settings.find(({ name }) => name === 'listen-client-http-urls')?.value.split(',') ?? [];
  return urls
    .flatMap((url) => parseEndpoint(url) ?? [])
    .filter(({ scheme }) => scheme === 'https')
    .map(({ host }) => host);
}

function order(hosts: readonly Host[]): readonly Host[] {
  // Looked up, not compared with each other: a certificate that all members share names every one of them.
  const unique = new Map<string, Host>();
  for (const host of hosts) {
    const key = `${host.type} ${hostText(host)}`;
    if (!unique.has(key)) unique.set(key, host);
  }
  const dns = [...unique.values()].filter((host) => host.type === 'dns');
  const ips = [...unique.values()].filter((host) => host.type === 'ip' && !isUnspecified(host));
  return [...dns.sort((a, b) => (hostText(a) < hostText(b) ? -1 : 1)), ...ips];
}
