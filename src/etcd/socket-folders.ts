import type { MemberSpec } from '../cluster-spec.js';
import type { UnixSocket } from '../net/unix-socket.js';
import { isSystemDirectory } from '../systemd/system-directories.js';

/** What systemd makes for a service before it starts, and removes after it, under `RuntimeDirectory=` (systemd.exec(5)). */
const RUNTIME = /^\/(?:var\/)?run\/(.+)\/[^/]+$/;

/**
 * The folder of a socket as `RuntimeDirectory=` names it: `etcd` for /run/etcd/etcd.sock.
 *
 * @returns undefined where it is not a folder of its own below /run
 * @internal
 */
export function runtimeFolder({ path }: Pick<UnixSocket, 'path'>): string | undefined {
  const folder = RUNTIME.exec(path)?.[1];
  return folder === undefined || isSystemDirectory(`/run/${folder}`) ? undefined : folder;
}

/**
 * The folders of all sockets of a member, each once, as `RuntimeDirectory=` names them.
 *
 * @internal
 */
export function runtimeFolders({ listenClientSockets = [] }: MemberSpec): readonly string[] {
  return [...new Set(listenClientSockets.flatMap((socket) => runtimeFolder(socket) ?? []))];
}
