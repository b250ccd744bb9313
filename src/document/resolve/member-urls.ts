import { bindsSame, type Endpoint, endpointUrl, isWildcard, socketHost } from '../../net/endpoint.js';
import { type Host, parseHost } from '../../net/host.js';
import type { CertificatesSpec, MemberSpec } from '../../spec/cluster-spec.js';
import type { MemberDocument } from '../cluster-document.js';
import type { IssueList } from '../issue-list.js';
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
  readonly metricsUrls: readonly string[];
}

type MemberUrls = Omit<MemberSpec, 'name' | 'addresses' | 'altNames'>;
type UrlKey = keyof MemberUrls;

const LISTEN_KEYS: readonly UrlKey[] = ['listenClientUrls', 'listenPeerUrls', 'listenMetricsUrls'];

/**
 * The five URL lists of one member: as its document gives them, otherwise from addresses, ports and TLS.
 *
 * @internal
 */
export function resolveMemberUrls(
  document: MemberDocument,
  addresses: readonly [Host, ...Host[]],
  path: string,
  policy: ListenPolicy,
  issues: IssueList,
): MemberUrls {
  const clientScheme = policy.tls === 'none' ? 'http' : 'https';
  const peerScheme = policy.tls !== 'none' && policy.peerTls ? 'https' : 'http';
  const [first] = addresses;
  const peerHosts: readonly Host[] = policy.peerListener === 'localhost' ? [LOCALHOST] : bindable(addresses);
  const peerAdvertised = policy.peerListener === 'localhost' ? LOCALHOST : first;
  const listen = (key: UrlKey, fallback: () => readonly Endpoint[]): readonly Endpoint[] => {
    const texts = document[key];
    return texts === undefined ? fallback() : resolveListenUrls(texts, `${path}.${key}`, issues);
  };
  const advertise = (key: UrlKey, fallback: () => readonly Endpoint[]): readonly Endpoint[] => {
    const texts = document[key];
    return texts === undefined ? fallback() : resolveAdvertiseUrls(texts, `${path}.${key}`, issues);
  };
  const endpoints = (scheme: Endpoint['scheme'], hosts: readonly Host[], port: number): readonly Endpoint[] =>
    hosts.map((host) => ({ scheme, host, port }));

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
    listenMetricsUrls: listen('listenMetricsUrls', () =>
      resolveListenUrls(
        policy.metricsUrls,
        'etcd.metricsUrls',
        policy.metricsUrls.length === 0 ? SILENT : issues,
      ),
    ),
  };
  checkSchemes(urls, path, policy, issues);
  checkBinds(urls, path, issues);
  return urls;
}

const LOCALHOST: Host = { type: 'dns', name: 'localhost' };
const ANYWHERE: Host = { type: 'ip', version: 4, address: '0.0.0.0' };
const SILENT: IssueList = { issues: [], add: () => undefined, addAll: () => undefined };

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

function checkSchemes(urls: MemberUrls, path: string, policy: ListenPolicy, issues: IssueList): void {
  if (policy.tls === 'none') {
    for (const key of Object.keys(urls)) {
      const https = endpointsOf(urls, key).find((endpoint) => endpoint.scheme === 'https');
      if (https !== undefined) {
        issues.add(
          'conflict',
          `${path}.${key}`,
          `${endpointUrl(https)} needs a certificate and certificates.tls is none; etcd says "TLS key/cert (--cert-file, --key-file) must be provided".`,
          key === 'listenClientUrls' && policy.loopback === 'https'
            ? 'Write etcd.loopback: http, or certificates.tls: per-member.'
            : 'Write an http URL, or certificates.tls: per-member.',
        );
      }
    }
  }
  checkAdvertised(urls.advertiseClientUrls, urls.listenClientUrls, `${path}.advertiseClientUrls`, issues);
  checkAdvertised(
    urls.initialAdvertisePeerUrls,
    urls.listenPeerUrls,
    `${path}.initialAdvertisePeerUrls`,
    issues,
  );
  const metrics = urls.listenMetricsUrls.find((endpoint) => endpoint.scheme === 'https');
  if (
    metrics !== undefined &&
    policy.tls !== 'none' &&
    urls.listenClientUrls.every((endpoint) => endpoint.scheme === 'http')
  ) {
    issues.add(
      'conflict',
      `${path}.listenMetricsUrls`,
      `${endpointUrl(metrics)} is https while no client listener is.`,
      'Write an http URL on loopback.',
    );
  }
}

/** What is advertised has to be answered in the same language. Ports may differ: there can be a proxy in between. */
function checkAdvertised(
  advertised: readonly Endpoint[],
  listening: readonly Endpoint[],
  path: string,
  issues: IssueList,
): void {
  const stray = advertised.find((endpoint) => !listening.some((other) => other.scheme === endpoint.scheme));
  if (stray !== undefined && listening.length > 0) {
    const scheme = stray.scheme === 'https' ? 'http' : 'https';
    issues.add(
      'conflict',
      path,
      `${endpointUrl(stray)} is ${stray.scheme} while the member listens for ${scheme} alone.`,
      `Write ${endpointUrl({ ...stray, scheme })}.`,
    );
  }
}

/** Two listeners on one socket: etcd says `bind: address already in use`, or serves plain http on the TLS port. */
function checkBinds(urls: MemberUrls, path: string, issues: IssueList): void {
  const listeners = LISTEN_KEYS.flatMap((key) =>
    endpointsOf(urls, key).map((endpoint) => ({ key, endpoint })),
  );
  const sockets = new Map<string, (typeof listeners)[number]>();
  for (const listener of listeners) {
    const { key, endpoint } = listener;
    const anyHost = `${endpoint.port}`;
    const everyHost = `${endpoint.port} *`;
    const oneHost = isWildcard(endpoint) ? everyHost : `${endpoint.port} ${socketHost(endpoint)}`;
    const clashing = isWildcard(endpoint) ? [anyHost] : [oneHost, everyHost];
    const other = clashing.map((socket) => sockets.get(socket)).find((found) => found !== undefined);
    for (const socket of [anyHost, oneHost]) if (!sockets.has(socket)) sockets.set(socket, listener);
    if (other === undefined) continue;
    const cure =
      isWildcard(other.endpoint) && key === 'listenClientUrls'
        ? `${endpointUrl(other.endpoint)} listens on loopback too: write etcd.loopback: none or ${other.endpoint.scheme}.`
        : 'Choose another port (etcd.clientPort, etcd.peerPort, etcd.metricsUrls) or address.';
    issues.add(
      'conflict',
      `${path}.${key}`,
      `${endpointUrl(endpoint)} and ${endpointUrl(other.endpoint)} of ${other.key} are one socket; etcd says "bind: address already in use" or serves both on it.`,
      cure,
    );
  }
}

function endpointsOf(urls: MemberUrls, key: string): readonly Endpoint[] {
  switch (key) {
    case 'listenClientUrls':
    case 'advertiseClientUrls':
    case 'listenPeerUrls':
    case 'initialAdvertisePeerUrls':
    case 'listenMetricsUrls':
      return urls[key];
    default:
      return [];
  }
}
