import type { MemberView } from '../../host/member-view.js';
import { pathOf } from '../../host/settings/settings.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { parseIpAddress } from '../../net/ip-address.js';
import type { Rule } from '../rule.js';

interface Listener {
  readonly setting: string;
  readonly url: EtcdUrl;
}

/** @internal */
export const listenUrls: Rule = {
  name: 'listen-urls',
  summary: 'Listeners are at IP addresses or `localhost`.',
  levels: ['error'],
  source: 'etcd embed/config.go, checkBindURLs; etcd-io/etcd#9575',
  *check({ members }) {
    for (const member of members) {
      for (const { setting, url } of listeners(member)) {
        const isAddress = parseIpAddress(url.host.replace(/%.*/, '')) !== undefined;
        if (url.scheme.startsWith('unix') || url.host === 'localhost' || isAddress) continue;
        yield {
          level: 'error',
          member: member.label,
          path: pathOf(member.settings, setting),
          message: `${setting} has ${url.text}, but etcd listens only on IP addresses.`,
          cure: 'Write an IP address or 0.0.0.0; names belong in the advertised URLs.',
          etcdSays: `expected IP in URL for binding (${url.text})`,
        };
      }
    }
  },
};

/** @internal */
export const portClash: Rule = {
  name: 'port-clash',
  summary: 'No two listeners share a port of one address.',
  levels: ['error'],
  source: 'etcd embed/etcd.go, configureClientListeners',
  *check({ members }) {
    for (const member of members) {
      const all = listeners(member);
      for (const [index, { setting, url }] of all.entries()) {
        const other = all
          .slice(0, index)
          .find((before) => (before.setting !== setting || !isMerged(setting)) && clashes(before.url, url));
        if (other === undefined) continue;
        yield {
          level: 'error',
          member: member.label,
          path: pathOf(member.settings, setting),
          message: `${setting} and ${other.setting} both listen on port ${url.port} of ${url.host}.`,
          cure: 'Give each its own port: 2379 for clients, 2380 for peers, 2381 for metrics.',
          etcdSays: `listen tcp ${url.host}:${url.port}: bind: address already in use`,
        };
      }
    }
  },
};

/** @internal */
export const mixedSchemes: Rule = {
  name: 'mixed-schemes',
  summary: 'No port serves both http and https.',
  levels: ['warning'],
  source: 'etcd embed/serve.go, serve',
  *check({ members }) {
    for (const { label, settings, listenClient } of members) {
      for (const url of listenClient) {
        const twin = listenClient.find(
          ({ scheme, host, port }) => scheme === 'https' && host === url.host && port === url.port,
        );
        if (url.scheme !== 'http' || twin === undefined) continue;
        yield {
          level: 'warning',
          member: label,
          path: pathOf(settings, 'listen-client-urls'),
          message: `Port ${url.port} of ${url.host} serves plain http besides https, to anyone and without a certificate.`,
          cure: `Leave ${url.text} out.`,
          etcdSays:
            'scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for this URL',
        };
      }
    }
  },
};

function listeners({
  listenPeer,
  listenClient,
  listenHttp,
  listenMetrics,
  urlsKnown,
}: MemberView): readonly Listener[] {
  const of = (setting: string, urls: readonly EtcdUrl[]): readonly Listener[] =>
    urls.map((url) => ({ setting, url }));
  if (!urlsKnown) return [];
  return [
    ...of('listen-peer-urls', listenPeer),
    ...of('listen-client-urls', listenClient),
    ...of('listen-client-http-urls', listenHttp),
    ...of('listen-metrics-urls', listenMetrics),
  ];
}

/** Client URLs of one address and port become one listener; others each want their own. */
function isMerged(setting: string): boolean {
  return setting === 'listen-client-urls' || setting === 'listen-client-http-urls';
}

function clashes(a: EtcdUrl, b: EtcdUrl): boolean {
  if (a.port !== b.port || a.port === '' || a.scheme.startsWith('unix')) return false;
  const everywhere = (host: string): boolean => host === '0.0.0.0' || host === '::';
  return a.host === b.host || everywhere(a.host) || everywhere(b.host);
}
