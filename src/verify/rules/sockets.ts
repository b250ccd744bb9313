import { socketRules as urlRules } from '../../etcd/combinations/sockets.js';
import { type Access, accessOf } from '../../host/account/access.js';
import { hostPathOf, type MemberView } from '../../host/member-view.js';
import { pathOf } from '../../host/settings/settings.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { socketServerName } from '../../net/unix-socket.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import { socketRules } from '../../systemd/service-rules/sockets.js';
import { parentOf } from '../../text/path.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';
import { hostNameFault } from '../trust/host-name.js';
import { denial, notJudged } from './denial.js';
import { namesOf } from './peer-names.js';
import { serviceFaults } from './service-faults.js';
import { settingFaults } from './setting-combinations.js';

/** @internal */
export const socketPaths: Rule = {
  name: 'socket-paths',
  summary: 'Unix sockets have a whole path, and stand where etcd takes one: among the URLs for clients.',
  levels: ['error', 'warning'],
  source: 'etcd embed/etcd.go, resolveURL, configurePeerListeners, createMetricsListener; unix(7)',
  *check({ members }) {
    for (const member of members) if (member.urlsKnown) yield* settingFaults(member, urlRules);
  },
};

/** @internal */
export const socketAccess: Rule = {
  name: 'socket-access',
  summary: 'The account that etcd runs as may make its unix sockets in folders that are there.',
  levels: ['error', 'warning', 'notice'],
  source:
    'etcd client/pkg/transport, NewUnixListener; bind(2); systemd.exec(5), RuntimeDirectory=, ProtectSystem=',
  *check({ members }) {
    for (const member of members) {
      const { service, root } = member;
      if (service.type !== 'unit' || service.user?.includes('%')) continue;
      const access = accessOf(service, root);
      const { accessTo } = sandboxOf(service.sections);
      yield* serviceFaults(member, socketRules);
      for (const socket of socketsOf(member))
        if (accessTo(socket.path) === 'write') yield* ofFolder(member, access, socket);
    }
  },
};

/** @internal */
export const socketNames: Rule = {
  name: 'socket-names',
  summary: 'The server certificate has the file name of each unix socket that speaks TLS.',
  levels: ['warning'],
  source: 'etcd client/v3/internal/endpoint, translateEndpoint',
  *check({ members }) {
    for (const member of members) {
      const leaf = member.client.pair?.leaf;
      if (leaf === undefined) continue;
      for (const socket of socketsOf(member)) {
        const name = socketServerName(socket);
        const says = socket.isSecure ? hostNameFault(leaf, name) : undefined;
        if (says === undefined) continue;
        yield {
          level: 'warning',
          member: member.label,
          path: member.client.pair?.certificate.path ?? '',
          message: `Clients of ${socket.path} look for ${name} in the server certificate, which has ${namesOf(leaf)}.`,
          cure: `Issue it with ${name} among its subject alternative names.`,
          etcdSays: says,
        };
      }
    }
  },
};

interface ListenedSocket {
  readonly path: string;
  /** Where it is written. */
  readonly setting: 'listen-client-urls' | 'listen-client-http-urls';
  readonly isSecure: boolean;
}

/**
 * The sockets that etcd makes at an absolute path.
 *
 * @internal
 */
export function socketsOf({ urlsKnown, listenClient, listenHttp }: MemberView): readonly ListenedSocket[] {
  if (!urlsKnown) return [];
  const socketsIn = (
    setting: ListenedSocket['setting'],
    urls: readonly EtcdUrl[],
  ): readonly ListenedSocket[] =>
    urls.flatMap(({ scheme, socket }) =>
      socket === undefined || socket.authority !== '' || socket.path === ''
        ? []
        : [{ path: socket.path, setting, isSecure: scheme === 'unixs' }],
    );
  const sockets = [
    ...socketsIn('listen-client-http-urls', listenHttp),
    ...socketsIn('listen-client-urls', listenClient),
  ];
  return [...new Map(sockets.map((socket) => [socket.path, socket])).values()];
}

function* ofFolder(member: MemberView, access: Access, { path, setting }: ListenedSocket): Generator<Fault> {
  const { label, root, service, settings } = member;
  const folder = parentOf(hostPathOf(service)(path));
  const { type } = access.stateOf(folder);
  const name = /^\/(?:var\/)?run\/(.+)$/.exec(folder)?.[1];
  // What is below /run a boot makes anew, so what nothing makes is not there.
  if (type === 'absent' || (type === 'unseen' && name !== undefined)) {
    // What a tarball lacks, its host may have.
    if (!root.isHost) return;
    yield {
      level: access.isOpen ? 'warning' : 'error',
      member: label,
      path: pathOf(settings, setting),
      message: `etcd is to make a socket in ${folder}, which does not exist.`,
      cure: name === undefined ? `Make ${folder}.` : `Let systemd make it: RuntimeDirectory=${name}.`,
      etcdSays: `listen unix ${path}: bind: no such file or directory`,
    };
    return;
  }
  const reach = access.toWrite(folder, false);
  if (reach.type === 'unknown') yield notJudged(label, access, reach.path);
  if (reach.type === 'denied')
    yield denial(member, access, reach, folder, `listen unix ${path}: bind: permission denied`);
}
