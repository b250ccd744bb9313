import type { EtcdVersion } from '../../cluster-spec.js';
import { createSocketIndex } from '../../net/endpoint.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { hostInUrl, parseHost } from '../../net/host.js';
import { parseIpAddress } from '../../net/ip-address.js';
import { isInSpan } from '../release-span.js';
import { LISTEN_SETTINGS, type ListenSetting, listenUrls } from './listener-urls.js';
import type { SettingProblem, SettingRule, SettingView } from './setting-rule.js';

interface Listener {
  readonly setting: ListenSetting;
  readonly url: EtcdUrl;
}

/** URLs of one address and port in these lists become one listener; in others each wants its own (etcd `embed/etcd.go`, configureClientListeners). */
const MERGED: readonly ListenSetting[] = ['listen-client-urls', 'listen-client-http-urls'];
const READS: readonly string[] = LISTEN_SETTINGS;

/**
 * A listener needs an address of the host; only `localhost` is looked up (etcd `embed/config.go`, checkBindURLs).
 *
 * @internal
 */
export const bindAddress: SettingRule = {
  id: 'bind-address',
  level: 'error',
  reads: READS,
  *check(view) {
    for (const { setting, url } of listeners(view)) {
      const found = bindProblem(setting, url);
      if (found !== undefined) yield found;
    }
  },
};

/**
 * {@link bindAddress} for one URL.
 *
 * @internal
 */
export function bindProblem(name: string, { scheme, host, port, text }: EtcdUrl): SettingProblem | undefined {
  const isAddress = host === 'localhost' || parseIpAddress(host.replace(/%.*/, '')) !== undefined;
  if (scheme.startsWith('unix') || isAddress) return undefined;
  return {
    name,
    message: `${name} has ${text}, but etcd listens only on IP addresses.`,
    cure: `Write an IP address, localhost, or ${scheme}://0.0.0.0:${port}; names go into the advertised URLs.`,
    says: `expected IP in URL for binding (${text})`,
  };
}

/**
 * Two listeners on one port of one address.
 *
 * @internal
 */
export const portClash: SettingRule = {
  id: 'port-clash',
  level: 'error',
  reads: READS,
  *check(view) {
    const sockets = createSocketIndex<Listener>();
    for (const listener of withoutMerged(listeners(view))) {
      const { setting, url } = listener;
      const host = parseHost(url.host);
      const port = Number(url.port);
      const other = host === undefined ? undefined : sockets.take({ scheme: 'http', host, port }, listener);
      if (host === undefined || other === undefined) continue;
      const isOneUrl =
        other.url.text === url.text && MERGED.includes(setting) && MERGED.includes(other.setting);
      yield {
        name: setting,
        message: `${url.text} of ${setting} and ${other.url.text} of ${other.setting} listen on the same port of one address.`,
        cure: 'Give each its own port: 2379 for clients, 2380 for peers, 2381 for metrics.',
        says: isOneUrl
          ? oneUrlSays(view.version, url.text)
          : `listen tcp ${url.host === 'localhost' ? '127.0.0.1' : hostInUrl(host)}:${url.port}: bind: address already in use`,
      };
    }
  },
};

/**
 * One port serves both with and without TLS, and then without asking anybody for a certificate (etcd `embed/serve.go`, serve).
 *
 * @internal
 */
export const mixedSchemes: SettingRule = {
  id: 'mixed-schemes',
  level: 'warning',
  reads: ['listen-client-urls'],
  *check(view) {
    const urls = listenUrls(view, 'listen-client-urls');
    const secure = new Set(urls.filter(({ scheme }) => scheme === 'https').map(socketOf));
    for (const url of urls) {
      if (url.scheme !== 'http' || !secure.has(socketOf(url))) continue;
      yield {
        name: 'listen-client-urls',
        message: `Port ${url.port} of ${url.host} serves plain http besides https, to anyone and without a certificate.`,
        cure: `Leave ${url.text} out.`,
        says: 'scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for this URL',
      };
    }
  },
};

function listeners(view: SettingView): readonly Listener[] {
  return LISTEN_SETTINGS.flatMap((setting) => listenUrls(view, setting).map((url) => ({ setting, url })));
}

function oneUrlSays(version: EtcdVersion, url: string): string {
  const says = isInSpan(version, { until: '3.5' })
    ? `cannot bind both --client-listen-urls and --client-listen-http-urls on the same url ${url}`
    : `cannot bind both --listen-client-urls and --listen-client-http-urls on the same url ${url}`;
  return says;
}

/** Without those that share their listener with an earlier one, and those that cannot clash: sockets, and ports that the kernel chooses. */
function withoutMerged(all: readonly Listener[]): readonly Listener[] {
  const seen = new Set<string>();
  return all.filter(({ setting, url }) => {
    if (url.scheme.startsWith('unix') || /^0*$/.test(url.port)) return false;
    const listener = `${setting} ${socketOf(url)}`;
    if (MERGED.includes(setting) && seen.has(listener)) return false;
    seen.add(listener);
    return true;
  });
}

function socketOf({ host, port }: EtcdUrl): string {
  return `${host} ${port}`;
}
