import type { EtcdVersion } from '../../cluster-spec.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { isInSpan } from '../release-span.js';
import { isSecure, type ListenSetting, listenUrls } from './listener-urls.js';
import { isOn, type SettingRule, type SettingView } from './setting-rule.js';

type Prefix = '' | 'peer-';

interface Listening {
  readonly id: SettingRule['id'];
  readonly prefix: Prefix;
  readonly settings: readonly ListenSetting[];
  readonly says: (url: EtcdUrl, version: EtcdVersion) => string;
}

const LISTENING: readonly Listening[] = [
  {
    id: 'peers-without-pair',
    prefix: 'peer-',
    settings: ['listen-peer-urls'],
    says: cannotListen,
  },
  {
    id: 'clients-without-pair',
    prefix: '',
    settings: ['listen-client-urls', 'listen-client-http-urls'],
    says: ({ text }) =>
      `TLS key/cert (--cert-file, --key-file) must be provided for client url ${text} with HTTPS scheme`,
  },
  {
    id: 'metrics-without-pair',
    prefix: '',
    settings: ['listen-metrics-urls'],
    says: (url, version) =>
      isInSpan(version, { until: '3.4' })
        ? cannotListen(url)
        : 'client TLS key/cert (--cert-file, --key-file) must be provided for metrics secure url',
  },
];

/** Two settings that go together, and etcd's words where one is missing. */
const PAIRS = [
  { kind: '', says: 'KeyFile and CertFile must both be present' },
  { kind: 'client-', says: 'ClientKeyFile and ClientCertFile must both be present or both absent' },
] as const;

/**
 * An https URL needs both a certificate and a key (etcd `client/pkg/transport/listener.go`,
 * baseConfig; `embed/etcd.go`, configureClientListeners; etcd-io/etcd#13117).
 *
 * @internal
 */
export const tlsPairRules: readonly SettingRule[] = [
  ...LISTENING.map(withoutPair),
  halfPair('half-pair', 'error'),
  halfPair('half-pair-unused', 'warning'),
];

function withoutPair({ id, prefix, settings, says }: Listening): SettingRule {
  return {
    id,
    level: 'error',
    reads: [...settings, `${prefix}cert-file`, `${prefix}key-file`, `${prefix}auto-tls`],
    *check(view) {
      const files = [`${prefix}cert-file`, `${prefix}key-file`];
      if (files.some((name) => view.value(name) !== undefined) || isOn(view, `${prefix}auto-tls`)) return;
      for (const name of settings) {
        const url = listenUrls(view, name).find(({ scheme }) => scheme === 'https' || scheme === 'unixs');
        if (url === undefined) continue;
        yield {
          name,
          message: `${name} has ${url.text}, and there is no ${prefix}cert-file and ${prefix}key-file.`,
          cure: `Set ${prefix}cert-file and ${prefix}key-file, or use http. In a configuration file they belong in ${prefix === '' ? 'client' : 'peer'}-transport-security, without "peer-" in front.`,
          says: says(url, view.version),
        };
        return;
      }
    },
  };
}

function halfPair(id: SettingRule['id'], level: SettingRule['level']): SettingRule {
  return {
    id,
    level,
    reads: (['', 'peer-'] as const).flatMap((prefix) =>
      PAIRS.flatMap(({ kind }) => [`${prefix}${kind}cert-file`, `${prefix}${kind}key-file`]),
    ),
    *check(view) {
      for (const prefix of ['', 'peer-'] as const) {
        if (isNeeded(view, prefix) !== (level === 'error')) continue;
        for (const { kind, says } of PAIRS) {
          const [cert, key] = [`${prefix}${kind}cert-file`, `${prefix}${kind}key-file`];
          const [certFile, keyFile] = [view.value(cert), view.value(key)];
          if ((certFile === undefined) === (keyFile === undefined)) continue;
          if (kind === 'client-' && view.value(`${prefix}cert-file`) === undefined) continue;
          const [set, missing] = certFile === undefined ? [key, cert] : [cert, key];
          yield {
            name: set,
            message: `${set} is set without ${missing}.`,
            cure: 'Set both or neither.',
            says: `${says}[key: ${keyFile ?? ''}, cert: ${certFile ?? ''}]`,
          };
        }
      }
    },
  };
}

function cannotListen({ host, port }: EtcdUrl): string {
  const shown = host.includes(':') ? `[${host}]` : host;
  return `cannot listen on TLS for ${shown}:${port}: KeyFile and CertFile are not presented`;
}

/** Peers' files are read whatever their URLs are. */
function isNeeded(view: SettingView, prefix: Prefix): boolean {
  return prefix === 'peer-' || isSecure(view, 'listen-client-urls');
}
