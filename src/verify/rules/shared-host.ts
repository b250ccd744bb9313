import { hostPathOf, type MemberView } from '../../host/member-view.js';
import { pathOf, settingValue } from '../../host/settings/settings.js';
import { createSocketIndex } from '../../net/endpoint.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { hostInUrl, parseHost } from '../../net/host.js';
import { normalizePath } from '../../text/path.js';
import type { ClusterView, HostListener } from '../cluster-view.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';
import { socketsOf } from './sockets.js';

interface Listener {
  readonly owner: MemberView | HostListener;
  readonly label: string;
  readonly path: string;
  readonly what: string;
  readonly url: EtcdUrl;
}

/** @internal */
export const sharedHost: Rule = {
  name: 'shared-host',
  summary: 'Services of one host share neither a data directory nor a port nor a unix socket.',
  levels: ['error'],
  source:
    'etcd server/storage/backend.go, openBackend; server/embed/etcd.go, configureClientListeners; bind(2), EADDRINUSE',
  *check(view) {
    yield* sharedDirectories(view.everyMember);
    yield* sharedSockets(view.everyMember);
  },
};

/**
 * Ports that two services of one host want. Those of one service among themselves are another matter.
 *
 * @internal
 */
export function* portsOfServices(view: ClusterView): Generator<Fault> {
  for (const root of view.roots) {
    const sockets = createSocketIndex<Listener>();
    for (const listener of listenersOn(view, root.name)) {
      const host = parseHost(listener.url.host);
      const port = Number(listener.url.port);
      const other = host === undefined ? undefined : sockets.take({ scheme: 'http', host, port }, listener);
      if (host === undefined || other === undefined || other.owner === listener.owner) continue;
      yield {
        level: 'error',
        member: listener.label,
        path: listener.path,
        message: `${listener.url.text} of ${listener.what} is taken by ${other.label}: ${other.path} has ${other.url.text} in ${other.what}.`,
        cure: 'Give each service of the host ports of its own.',
        etcdSays: `listen tcp ${listener.url.host === 'localhost' ? '127.0.0.1' : hostInUrl(host)}:${listener.url.port}: bind: address already in use`,
      };
    }
  }
}

function listenersOn({ everyMember, hostListeners }: ClusterView, rootName: string): readonly Listener[] {
  const members = everyMember.filter(
    ({ root, service, urlsKnown }) =>
      root.name === rootName && urlsKnown && service.type !== 'layout' && !service.hasOwnNetwork,
  );
  const own = members.flatMap((member) =>
    (
      [
        ['listen-client-urls', member.listenClient],
        ['listen-peer-urls', member.listenPeer],
        ['listen-metrics-urls', member.listenMetrics],
        ['listen-client-http-urls', member.listenHttp],
      ] as const
    ).flatMap(([setting, urls]) =>
      urls.map(
        (url): Listener => ({
          owner: member,
          label: member.label,
          path: pathOf(member.settings, setting),
          what: setting,
          url,
        }),
      ),
    ),
  );
  const others = hostListeners
    .filter(({ root }) => root.name === rootName)
    .map(
      (listener): Listener => ({
        owner: listener,
        label: listener.root.name,
        path: listener.path,
        what: listener.what,
        url: listener.url,
      }),
    );
  return [...own, ...others].filter(({ url }) => !url.scheme.startsWith('unix') && !/^0*$/.test(url.port));
}

/** etcd removes what is there before it listens (etcd `client/pkg/transport`, NewUnixListener). */
function* sharedSockets(members: readonly MemberView[]): Generator<Fault> {
  const owners = new Map<string, MemberView>();
  for (const member of members) {
    const { root, service, settings, label } = member;
    if (service.type === 'layout' || service.isMounted !== undefined) continue;
    for (const { path } of socketsOf(member)) {
      const key = `${root.name}:${normalizePath(hostPathOf(service)(path))}`;
      const other = owners.get(key);
      owners.set(key, other ?? member);
      if (other === undefined) continue;
      yield {
        level: 'error',
        member: label,
        path: pathOf(settings, 'listen-client-urls'),
        message: `${path} is the socket of ${other.label} too: whichever starts later takes it away from the other.`,
        cure: 'Give each member a socket of its own.',
      };
    }
  }
}

function* sharedDirectories(members: readonly MemberView[]): Generator<Fault> {
  const owners = new Map<string, MemberView>();
  for (const member of members) {
    const { root, settings, service, label } = member;
    const written = settingValue(settings, 'data-dir');
    if (
      service.type === 'layout' ||
      written === undefined ||
      settings.unknown.some(({ name }) => name === 'data-dir')
    )
      continue;
    if (service.isMounted?.(written) === false) continue;
    const path = normalizePath(hostPathOf(service)(written));
    const key = `${root.name}:${path}`;
    const other = owners.get(key);
    owners.set(key, other ?? member);
    if (other === undefined) continue;
    yield {
      level: 'error',
      member: label,
      path: pathOf(settings, 'data-dir'),
      message: `${path} is the data directory of ${other.label} too, by ${pathOf(other.settings, 'data-dir')}: only one of them can run.`,
      cure: 'Give each member a data directory of its own.',
      etcdSays: 'db file is flocked by another process, or taking too long',
    };
  }
}
