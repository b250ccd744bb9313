import { isInSpan } from '../../etcd/release-span.js';
import { isClientUrlRequired, type MemberView } from '../../host/member-view.js';
import { pathOf } from '../../host/settings/settings.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { peerLevel } from '../dials/peer-dials.js';
import type { Fault, FindingLevel } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const advertiseUrls: Rule = {
  name: 'advertise-urls',
  summary: 'Advertised URLs name a host that others can reach.',
  levels: ['error', 'warning'],
  source: 'etcd embed/config.go, Validate, checkHostURLs, ErrUnsetAdvertiseClientURLsFlag',
  *check(view) {
    for (const member of view.members) {
      const { label, settings } = member;
      if (isClientUrlRequired(settings)) {
        yield {
          level: 'error',
          member: label,
          path: pathOf(settings, 'listen-client-urls'),
          message: 'listen-client-urls is set and advertise-client-urls is not.',
          cure: 'Set advertise-client-urls to the URLs that clients reach the member at.',
          etcdSays: '--advertise-client-urls is required when --listen-client-urls is set explicitly',
        };
      }
      for (const { setting, url } of advertised(member)) {
        const place = { member: label, path: pathOf(settings, setting) };
        if (url.host === '' && url.scheme.startsWith('http')) {
          const etcdSays = `--${setting} "${url.text}" must be "host:port" (unexpected empty host (${url.text}))`;
          yield {
            ...place,
            level: 'error',
            message: `${setting} has no host in ${url.text}.`,
            cure: 'Write the address of this member.',
            etcdSays,
          };
        }
        if (url.socket !== undefined) yield { ...place, ...socketFault(member, setting, url) };
        if (url.host === '0.0.0.0' || url.host === '::') {
          const level = setting === 'advertise-client-urls' ? 'warning' : peerLevel(member, view);
          yield {
            ...place,
            level,
            message: `${setting} tells others to connect to ${url.host}, which for each of them is itself.`,
            cure: 'Advertise an address at which others reach this member.',
          };
        }
      }
    }
  },
};

/** @internal */
export const advertisedSchemes: Rule = {
  name: 'advertised-schemes',
  summary: 'The advertised port serves the advertised scheme.',
  levels: ['error', 'warning'],
  source: 'Go crypto/tls, RecordHeaderError',
  *check(view) {
    for (const member of view.members) {
      const { settings, label, urlsKnown } = member;
      if (!urlsKnown) continue;
      for (const { setting, url } of advertised(member)) {
        const isPeer = setting === 'initial-advertise-peer-urls';
        const listening = isPeer ? member.listenPeer : [...member.listenClient, ...member.listenHttp];
        const samePort = listening.filter(({ port }) => port === url.port);
        const place = { member: label, path: pathOf(settings, setting) };
        if (url.scheme.startsWith('unix')) continue;
        if (samePort.length === 0) {
          yield {
            ...place,
            level: 'warning',
            message: `${setting} has ${url.text}, but nothing here listens on port ${url.port}.`,
            cure: 'Advertise the port that etcd listens on, unless something forwards this one.',
          };
        } else if (!samePort.some(({ scheme }) => scheme === url.scheme)) {
          // A configuration file leaves the default in place where nobody wrote another; clients get their endpoints from
          // elsewhere.
          const isDefault = !settings.entries.has(setting);
          const level: FindingLevel = isPeer ? peerLevel(member, view) : isDefault ? 'warning' : 'error';
          yield {
            ...place,
            level,
            message: `${setting} has ${url.text}, but port ${url.port} serves only ${samePort[0]?.scheme}.`,
            cure: 'Use the same scheme in both.',
            etcdSays:
              url.scheme === 'https'
                ? 'tls: first record does not look like a TLS handshake'
                : 'client sent an HTTP request to an HTTPS server',
          };
        }
      }
    }
  },
};

/** Up to 3.6 what stands before the path has to be there, and nothing is dialled by it (etcd `embed/config.go`, checkHostURLs). */
function socketFault(
  { settings }: MemberView,
  setting: string,
  { text, socket }: EtcdUrl,
): Pick<Fault, 'level' | 'message' | 'cure' | 'etcdSays'> {
  const told = {
    message: `${setting} has ${text}, which nobody reaches from another host.`,
    cure: 'Advertise an address, and listen on the socket besides.',
  };
  return socket?.authority === '' && isInSpan(settings.version, { until: '3.6' })
    ? {
        ...told,
        level: 'error',
        etcdSays: `--${setting} "${text}" must be "host:port" (unexpected empty host (${text}))`,
      }
    : { ...told, level: 'warning' };
}

function advertised(member: MemberView): readonly { readonly setting: string; readonly url: EtcdUrl }[] {
  if (!member.urlsKnown) return [];
  return [
    ...member.advertisePeer.map((url) => ({ setting: 'initial-advertise-peer-urls', url })),
    ...member.advertiseClient.map((url) => ({ setting: 'advertise-client-urls', url })),
  ];
}
