import type { MemberView, TlsView } from '../../host/member-view.js';
import { isOn, pathOf, settingValue } from '../../host/settings/settings.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const tlsPairs: Rule = {
  name: 'tls-pairs',
  summary: 'Every https URL has a certificate and a key.',
  levels: ['error', 'warning'],
  source:
    'etcd client/pkg/transport/listener.go, baseConfig; embed/etcd.go, configureClientListeners; etcd-io/etcd#13117',
  *check({ members }) {
    for (const member of members) {
      if (!member.urlsKnown) continue;
      yield* missingPairs(member);
      for (const side of [member.client, member.peer]) yield* halfPairs(member, side);
    }
  },
};

function* missingPairs({
  label,
  settings,
  listenPeer,
  listenClient,
  listenHttp,
  listenMetrics,
}: MemberView): Generator<Fault> {
  const none = (prefix: string): boolean =>
    settingValue(settings, `${prefix}cert-file`) === undefined &&
    settingValue(settings, `${prefix}key-file`) === undefined &&
    !isOn(settings, `${prefix}auto-tls`);
  const fault = (setting: string, url: EtcdUrl, prefix: string, etcdSays: string): Fault => ({
    level: 'error',
    member: label,
    path: pathOf(settings, setting),
    message: `${setting} has ${url.text}, and there is no ${prefix}cert-file and ${prefix}key-file.`,
    cure: `Set ${prefix}cert-file and ${prefix}key-file, or use http. In a configuration file they belong in ${prefix === '' ? 'client' : 'peer'}-transport-security, without "peer-" in front.`,
    etcdSays,
  });
  const secure = (urls: readonly EtcdUrl[]): EtcdUrl | undefined =>
    urls.find(({ scheme }) => scheme === 'https' || scheme === 'unixs');
  const [peer, client, metrics] = [
    secure(listenPeer),
    secure([...listenClient, ...listenHttp]),
    secure(listenMetrics),
  ];
  if (peer !== undefined && none('peer-'))
    yield fault(
      'listen-peer-urls',
      peer,
      'peer-',
      `cannot listen on TLS for ${peer.host}:${peer.port}: KeyFile and CertFile are not presented`,
    );
  if (client !== undefined && none(''))
    yield fault(
      'listen-client-urls',
      client,
      '',
      `TLS key/cert (--cert-file, --key-file) must be provided for client url ${client.text} with HTTPS scheme`,
    );
  else if (metrics !== undefined && none(''))
    yield fault(
      'listen-metrics-urls',
      metrics,
      '',
      'client TLS key/cert (--cert-file, --key-file) must be provided for metrics secure url',
    );
}

function* halfPairs({ label, settings, listenClient }: MemberView, { prefix }: TlsView): Generator<Fault> {
  const needed = prefix === 'peer-' || listenClient.some(({ scheme }) => scheme === 'https');
  for (const [kind, says] of [
    ['', 'KeyFile and CertFile must both be present'],
    ['client-', 'ClientKeyFile and ClientCertFile must both be present or both absent'],
  ] as const) {
    const [cert, key] = [`${prefix}${kind}cert-file`, `${prefix}${kind}key-file`];
    const [certFile, keyFile] = [settingValue(settings, cert), settingValue(settings, key)];
    if ((certFile === undefined) === (keyFile === undefined)) continue;
    if (kind === 'client-' && settingValue(settings, `${prefix}cert-file`) === undefined) continue;
    yield {
      level: needed ? 'error' : 'warning',
      member: label,
      path: pathOf(settings, certFile === undefined ? key : cert),
      message: `${certFile === undefined ? key : cert} is set without ${certFile === undefined ? cert : key}.`,
      cure: 'Set both or neither.',
      etcdSays: `${says}[key: ${keyFile ?? ''}, cert: ${certFile ?? ''}]`,
    };
  }
}
