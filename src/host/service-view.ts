import type { EtcdUrl } from '../net/etcd-url.js';
import { isOn } from '../systemd/directive-values.js';
import { sandboxOf } from '../systemd/sandbox/sandbox.js';
import type { ServiceView } from '../systemd/service-rules/service-rule.js';
import { accessOf } from './account/access.js';
import { firstFreePort } from './account/first-free-port.js';
import type { MemberView } from './member-view.js';
import type { ProcessService } from './service/service.js';
import { dataDirectoryOf, logFilesOf, readFiles, walDirectoryOf } from './used-paths.js';

/**
 * A member's unit on a host, as the rules about services see it.
 *
 * @internal
 */
export function serviceViewOf(member: MemberView, service: ProcessService): ServiceView {
  const { sections, start } = service;
  const { identity } = accessOf(service, member.root);
  const wal = walDirectoryOf(member);
  const written = [dataDirectoryOf(member), ...(wal === undefined ? [] : [wal]), ...logFilesOf(member)];
  const binary = start?.binary ?? '';
  const listeners = [
    ...member.listenClient,
    ...member.listenPeer,
    ...member.listenHttp,
    ...member.listenMetrics,
  ];
  return {
    sections,
    sandbox: sandboxOf(sections),
    account: {
      name: identity.name,
      isRoot: identity.isRoot,
      capabilities: identity.capabilities,
      isInNamespace: identity.mapped !== undefined && !isOn(sections, 'PrivateNetwork'),
    },
    variables: new Map(service.environment.map(({ name, value }) => [name, value])),
    binary: binary.startsWith('/') ? binary : '',
    reads: readFiles(member).map(({ inner }) => inner),
    writes: written.map(({ setting, inner }) => ({ setting, path: inner })),
    listeners: listeners.flatMap(({ socket, text, host, port }) =>
      socket === undefined ? [{ text, host, port: Number(port) }] : [],
    ),
    sockets: [
      ...new Set(
        [...member.listenClient, ...member.listenHttp].flatMap(({ socket }) =>
          isWhole(socket) ? [socket.path] : [],
        ),
      ),
    ],
    firstFreePort: firstFreePort(member.root),
  };
}

/** etcd takes the path of a socket for clients alone, and where nothing stands before it. */
function isWhole(socket: EtcdUrl['socket']): socket is NonNullable<EtcdUrl['socket']> {
  return socket !== undefined && socket.authority === '' && socket.path !== '';
}
