import type { MemberDocument } from '../../cluster-document.js';
import type { CertificatesSpec, MemberSpec } from '../../cluster-spec.js';
import { bindsSame, type Endpoint, endpointUrl } from '../../net/endpoint.js';
import { type Host, parseHost } from '../../net/host.js';
import { unixSocketUrl } from '../../net/unix-socket.js';
import type { IssueList } from '../issue-list.js';
import { isSocketText, resolveSockets } from './sockets.js';
import { resolveAdvertiseUrls, resolveListenUrls } from './urls.js';

/**
 * What decides a member's URLs where its document does not give them.
 *
 * @internal
 */
export interface ListenPolicy {
  readonly tls: CertificatesSpec['tls'];
  readonly peerTls: boolean;
  readonly peerListener: 'addresses' | 'localhost';
  readonly clientPort: number;
  readonly peerPort: number;
  /** Absent: as the other client listeners. */
  readonly loopback?: 'https' | 'http' | 'none' | undefined;
  /** `etcd.metricsUrls`, read. */
  readonly metricsUrls: readonly Endpoint[];
  /** Keys of `etcd` that the document itself sets: issues point at them. */
  readonly written: readonly string[];
}

type UrlKey = Extract<keyof MemberSpec, `${string}Urls`>;
type MemberUrls = Pick<MemberSpec, UrlKey | 'listenClientSockets'>;

/** Which keys of `etcd` decide a list that the member's document does not give. */
const DECIDED_BY: Readonly<Record<UrlKey, readonly string[]>> = {
  listenClientUrls: ['loopback', 'clientPort'],
  advertiseClientUrls: ['clientPort'],
  listenPeerUrls: ['peerPort', 'clientPort'],
  initialAdvertisePeerUrls: ['peerPort'],
  listenMetricsUrls: ['metricsUrls', 'clientPort', 'peerPort'],
};
const ADVERTISE_KEYS: readonly UrlKey[] = ['advertiseClientUrls', 'initialAdvertisePeerUrls'];

/**
 * The place in the document that a list of URLs comes from.
 *
 * @internal
 */
export function placeOfUrls(
  key: UrlKey,
  document: MemberDocument,
  index: number,
  { written }: ListenPolicy,
): string {
  const decisive =
    document[key] === undefined ? DECIDED_BY[key].find((name) => written.includes(name)) : undefined;
  return decisive === undefined ? `members[${index}].${key}` : `etcd.${decisive}`;
}

/**
 * The five URL lists of one member: as its document gives them, otherwise from addresses, ports and TLS.
 *
 * @internal
 */
export function resolveMemberUrls(
  document: MemberDocument,
  addresses: readonly [Host, ...Host[]],
  index: number,
  policy: ListenPolicy,
  issues: IssueList,
): MemberUrls {
  const path = `members[${index}]`;
  const place = (key: UrlKey): string => placeOfUrls(key, document, index, policy);
  const clientScheme = policy.tls === 'none' ? 'http' : 'https';
  const peerScheme = policy.tls !== 'none' && policy.peerTls ? 'https' : 'http';
  const [first] = addresses;
  const peerHosts: readonly Host[] = policy.peerListener === 'localhost' ? [LOCALHOST] : bindable(addresses);
  const peerAdvertised = policy.peerListener === 'localhost' ? LOCALHOST : first;
  const listen = (key: UrlKey, fallback: () => readonly Endpoint[]): readonly Endpoint[] => {
    const texts = document[key];
    return texts === undefined
      ? fallback()
      : resolveListenUrls(texts, `${path}.${key}`, issues, key === 'listenClientUrls');
  };
  const advertise = (key: UrlKey, fallback: () => readonly Endpoint[]): readonly Endpoint[] => {
    const texts = document[key];
    return texts === undefined ? fallback() : resolveAdvertiseUrls(texts, `${path}.${key}`, issues);
  };
  const endpoints = (scheme: Endpoint['scheme'], hosts: readonly Host[], port: number): readonly Endpoint[] =>
    hosts.map((host) => ({ scheme, host, port }));

  const sockets = resolveSockets(document.listenClientUrls ?? [], `${path}.listenClientUrls`, issues);
  const urls: MemberUrls = {
    listenClientUrls: listen('listenClientUrls', () =>
      withLoopback(endpoints(clientScheme, bindable(addresses), policy.clientPort), addresses, policy),
    ),
    advertiseClientUrls: advertise('advertiseClientUrls', () =>
      endpoints(clientScheme, [first], policy.clientPort),
    ),
    listenPeerUrls: listen('listenPeerUrls', () => endpoints(peerScheme, peerHosts, policy.peerPort)),
    initialAdvertisePeerUrls: advertise('initialAdvertisePeerUrls', () =>
      endpoints(peerScheme, [peerAdvertised], policy.peerPort),
    ),
    listenMetricsUrls: listen('listenMetricsUrls', () => policy.metricsUrls),
    ...(sockets.length === 0 ? {} : { listenClientSockets: sockets }),
  };
  if (document.listenClientUrls?.every(isSocketText) === true) refuseSocketsAlone(urls, path, issues);
  checkSchemes(urls, place, policy, issues);
  return urls;
}

const LOCALHOST: Host = { type: 'dns', name: 'localhost' };
const ANYWHERE: Host = { type: 'ip', version: 4, address: '0.0.0.0' };

/** etcd binds IP addresses only: a member known by names alone listens everywhere. */
function bindable(addresses: readonly Host[]): readonly Host[] {
  const ips = addresses.filter((host) => host.type === 'ip');
  return ips.length > 0 ? ips : [ANYWHERE];
}

function withLoopback(
  endpoints: readonly Endpoint[],
  addresses: readonly Host[],
  policy: ListenPolicy,
): readonly Endpoint[] {
  const scheme = policy.loopback ?? (policy.tls === 'none' ? 'http' : 'https');
  if (scheme === 'none') return endpoints;
  const ips = addresses.filter((host) => host.type === 'ip');
  const isIpv6Only = ips.length > 0 && ips.every((host) => host.version === 6);
  const host = parseHost(isIpv6Only ? '::1' : '127.0.0.1');
  if (host === undefined) return endpoints;
  const loopback: Endpoint = { scheme, host, port: policy.clientPort };
  const isCovered = endpoints.some((endpoint) => bindsSame(endpoint, loopback) && endpoint.scheme === scheme);
  return isCovered ? endpoints : [...endpoints, loopback];
}

function refuseSocketsAlone(
  { listenClientSockets = [], advertiseClientUrls: [advertised] }: MemberUrls,
  path: string,
  issues: IssueList,
): void {
  const [socket] = listenClientSockets;
  if (socket === undefined || advertised === undefined) return;
  issues.add(
    'sockets-alone',
    `${path}.listenClientUrls`,
    `Nobody on another host reaches a member that listens for clients at ${unixSocketUrl(socket)} alone.`,
    `Add ${endpointUrl(advertised)}.`,
  );
}

type Place = (key: UrlKey) => string;

function checkSchemes(urls: MemberUrls, place: Place, policy: ListenPolicy, issues: IssueList): void {
  if (policy.tls === 'none') checkWithoutTls(urls, place, issues);
  checkAdvertised(
    urls.advertiseClientUrls,
    urls.listenClientUrls,
    policy,
    place('advertiseClientUrls'),
    issues,
  );
  checkAdvertised(
    urls.initialAdvertisePeerUrls,
    urls.listenPeerUrls,
    policy,
    place('initialAdvertisePeerUrls'),
    issues,
  );
  const metrics = urls.listenMetricsUrls.find((endpoint) => endpoint.scheme === 'https');
  if (
    metrics !== undefined &&
    policy.tls !== 'none' &&
    urls.listenClientUrls.every((endpoint) => endpoint.scheme === 'http')
  ) {
    issues.add(
      'metrics-without-client-tls',
      place('listenMetricsUrls'),
      `${endpointUrl(metrics)} is https, but no client listener is.`,
      'Write an http URL on loopback.',
    );
  }
}

/** Of listeners, etcd's own rule says it. */
function checkWithoutTls(urls: MemberUrls, place: Place, issues: IssueList): void {
  for (const key of ADVERTISE_KEYS) {
    const https = urls[key].find((endpoint) => endpoint.scheme === 'https');
    if (https === undefined) continue;
    issues.add(
      'https-without-tls',
      place(key),
      `${endpointUrl(https)} is https, and certificates.tls is none.`,
      'Write an http URL, or certificates.tls: per-member.',
    );
  }
}

/** What is advertised has to be answered in the same language. Ports may differ: there can be a proxy in between. */
function checkAdvertised(
  advertised: readonly Endpoint[],
  listening: readonly Endpoint[],
  { tls }: ListenPolicy,
  path: string,
  issues: IssueList,
): void {
  // Without certificates a listener for https is refused already, and http is right.
  if (tls === 'none') return;
  const stray = advertised.find((endpoint) => !listening.some((other) => other.scheme === endpoint.scheme));
  if (stray !== undefined && listening.length > 0) {
    const scheme = stray.scheme === 'https' ? 'http' : 'https';
    issues.add(
      'unserved-scheme',
      path,
      `${endpointUrl(stray)} is ${stray.scheme}, but the member listens on ${scheme} only.`,
      `Write ${endpointUrl({ ...stray, scheme })}.`,
    );
  }
}
