import type { ClusterSpec } from '../../cluster-spec.js';
import { settingIssue } from '../../etcd/combinations/check-settings.js';
import {
  namelessSocket,
  namelessSocketProblem,
  relativeSocket,
  relativeSocketProblem,
  socketTooLong,
  socketTooLongProblem,
} from '../../etcd/combinations/sockets.js';
import { runtimeFolder, runtimeFolders } from '../../etcd/socket-folders.js';
import { parseDnsName } from '../../net/host.js';
import {
  LONGEST_SOCKET_PATH,
  parseUnixSocket,
  socketServerName,
  type UnixSocket,
  unixSocketUrl,
} from '../../net/unix-socket.js';
import { quoteValue } from '../../text/quote-value.js';
import { addListedTwice, type IssueList } from '../issue-list.js';
import { formatPath } from '../path.js';

const EXAMPLE = 'unix:///run/etcd/etcd.sock';

/**
 * True for what is meant as the URL of a unix socket.
 *
 * @internal
 */
export function isSocketText(text: string): boolean {
  return /^unixs?:/i.test(text.trim());
}

/**
 * Reads the unix sockets among the URLs that a member listens on for clients; the others are passed over.
 *
 * @internal
 */
export function resolveSockets(
  texts: readonly string[],
  path: string,
  issues: IssueList,
): readonly UnixSocket[] {
  const sockets = new Map<string, UnixSocket>();
  for (const [index, text] of texts.entries()) {
    if (!isSocketText(text)) continue;
    const where = `${path}${formatPath([index])}`;
    const socket = readSocket(text, where, issues);
    if (socket === undefined) continue;
    // With and without TLS at once it would be open to everybody, as a port is.
    if (sockets.has(socket.path)) addListedTwice(issues, where, socket.path);
    else sockets.set(socket.path, socket);
  }
  return [...sockets.values()];
}

/**
 * Refuses a socket in a list of which etcd takes ports alone.
 *
 * @internal
 */
export function refuseSocket(text: string, where: string, issues: IssueList): void {
  issues.addAll([settingIssue(namelessSocket.id, namelessSocketProblem('', text, false), where)]);
}

/**
 * Refuses sockets in releases that do not take the path of one, and a `RuntimeDirectory=` of the document's own without their folders:
 * the bundle's does not stand beside it.
 *
 * @internal
 */
export function checkSockets({ etcd, members, systemd }: ClusterSpec, issues: IssueList): void {
  const own = systemd.directives
    .find(({ name }) => name === 'Service')
    ?.directives.find(({ name }) => name === 'RuntimeDirectory');
  const made = own?.values.flatMap((value) => value.split(/\s+/)) ?? [];
  const missing = members.flatMap(runtimeFolders).find((folder) => !made.includes(folder));
  if (own !== undefined && missing !== undefined)
    issues.add(
      'socket-folder',
      'systemd.directives.Service.RuntimeDirectory',
      `It lacks ${missing}, where a socket of etcd is to lie.`,
      `Add ${missing}, or leave the directive out: the bundle writes it.`,
    );
  if (etcd.version.release !== '3.4') return;
  for (const [index, { listenClientSockets: [socket] = [] }] of members.entries()) {
    if (socket === undefined) continue;
    issues.add(
      'socket-not-in-release',
      `members[${index}].listenClientUrls`,
      `etcd 3.4 takes no path of a unix socket; etcd says "URL address does not have the form "host:port": ${unixSocketUrl(socket)}".`,
      'Write etcd.version: "3.5" or newer, or leave the socket out.',
    );
  }
}

function readSocket(text: string, where: string, issues: IssueList): UnixSocket | undefined {
  const socket = parseUnixSocket(text);
  if (socket === undefined) {
    if (/^unixs?:\/\/[^/]/.test(text))
      issues.addAll([settingIssue(relativeSocket.id, relativeSocketProblem('', text), where)]);
    else
      issues.add(
        'not-a-url',
        where,
        `${quoteValue(text)} is not the plain URL of a unix socket.`,
        `Write three slashes and a path of letters, digits, "/", ".", "_" and "-": ${EXAMPLE}.`,
      );
    return undefined;
  }
  if (socket.path.length > LONGEST_SOCKET_PATH) {
    issues.addAll([settingIssue(socketTooLong.id, socketTooLongProblem('the URL', socket.path), where)]);
    return undefined;
  }
  if (runtimeFolder(socket) === undefined) {
    issues.add(
      'socket-folder',
      where,
      `${socket.path} is not in a folder of etcd's own below /run, which systemd makes before each start.`,
      `Write ${socket.scheme}:///run/etcd/etcd.sock.`,
    );
    return undefined;
  }
  if (socket.scheme === 'unixs' && parseDnsName(socketServerName(socket)) === undefined) {
    issues.add(
      'socket-name',
      where,
      `Clients look for the file's name in the certificate, and ${quoteValue(socketServerName(socket))} cannot be a DNS name there.`,
      'Name the file by letters, digits, "." and "-", as in unixs:///run/etcd/etcd.sock.',
    );
    return undefined;
  }
  return socket;
}
