import { isOn, pathOf } from '../../host/settings/settings.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { isLoopback, parseIpAddress } from '../../net/ip-address.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const plainHttp: Rule = {
  name: 'plain-http',
  summary: 'Nothing is served without TLS.',
  levels: ['warning'],
  source:
    'etcd embed/etcd.go, configureClientListeners, configurePeerListeners; https://etcd.io/docs/latest/op-guide/security/',
  *check({ members }) {
    for (const {
      label,
      settings,
      listenClient,
      listenHttp,
      listenPeer,
      listenMetrics,
      client,
      peer,
      urlsKnown,
    } of members) {
      if (!urlsKnown) continue;
      const fault = (setting: string, level: Fault['level'], message: string, etcdSays: string): Fault => ({
        level,
        member: label,
        path: pathOf(settings, setting),
        message,
        cure: `Use https in ${setting}, with a certificate.`,
        etcdSays,
      });
      for (const url of [...listenClient, ...listenHttp]) {
        if (url.scheme !== 'http') continue;
        const isTls = client.pair !== undefined;
        if (!isLocal(url))
          yield fault(
            'listen-client-urls',
            'warning',
            `Clients at ${url.text} are neither encrypted nor authenticated.`,
            'serving client traffic insecurely; this is strongly discouraged!',
          );
        else if (isTls)
          yield fault(
            'listen-client-urls',
            'warning',
            `Every process on this host can read and write everything through ${url.text}, without a certificate.`,
            'scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for this URL',
          );
      }
      for (const url of listenPeer)
        if (url.scheme === 'http' && !isLocal(url))
          yield fault(
            'listen-peer-urls',
            'warning',
            `Peers at ${url.text} are neither encrypted nor authenticated.`,
            peer.pair === undefined
              ? ''
              : 'scheme is HTTP while key and cert files are present; ignoring key and cert files',
          );
      for (const url of listenMetrics)
        if (url.scheme === 'http' && !isLocal(url))
          yield fault(
            'listen-metrics-urls',
            'warning',
            `Metrics at ${url.text} are open to everyone on that network.`,
            '',
          );
      // Beside a certificate etcd ignores it (etcd `embed/config.go`, ClientSelfCert).
      for (const [prefix, pair, urls] of [
        ['', client.pair, listenClient],
        ['peer-', peer.pair, listenPeer],
      ] as const)
        if (
          isOn(settings, `${prefix}auto-tls`) &&
          pair === undefined &&
          urls.some(({ scheme }) => scheme === 'https')
        )
          yield {
            level: 'warning',
            member: label,
            path: pathOf(settings, `${prefix}auto-tls`),
            message: `${prefix}auto-tls encrypts but proves nothing: nobody can verify the certificate.`,
            cure: 'Issue certificates.',
            etcdSays: 'automatically generate certificates',
          };
    }
  },
};

function isLocal({ host }: EtcdUrl): boolean {
  const address = parseIpAddress(host);
  return host === 'localhost' || (address !== undefined && isLoopback(address));
}
