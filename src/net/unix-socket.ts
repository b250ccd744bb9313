import { baseName } from '../text/path.js';
/**
 * A unix socket at which clients on the same host reach etcd.
 *
 * @public
 */
export interface UnixSocket {
  /** `unixs` speaks TLS. */
  readonly scheme: 'unix' | 'unixs';
  /** Absolute and normalised: `/run/etcd/etcd.sock`. */
  readonly path: string;
}

/** `sun_path` of unix(7), without the zero at its end. */
export const LONGEST_SOCKET_PATH = 107;

const URL_TEXT = /^(unixs?):\/\/((?:\/[\w.-]+)+)$/;

/**
 * Reads the URL of a unix socket: three slashes, and names of letters, digits, `.`, `_` and `-`, none of them `.` or `..`. What etcd and
 * its clients make of other characters differs.
 *
 * @returns undefined if the text is not such a URL
 * @internal
 */
export function parseUnixSocket(text: string): UnixSocket | undefined {
  const [, scheme, path] = URL_TEXT.exec(text) ?? [];
  if (path === undefined || /\/\.\.?(?:\/|$)/.test(path)) return undefined;
  return { scheme: scheme === 'unixs' ? 'unixs' : 'unix', path };
}

/**
 * The socket's URL: `unix:///run/etcd/etcd.sock`.
 *
 * @internal
 */
export function unixSocketUrl({ scheme, path }: UnixSocket): string {
  return `${scheme}://${path}`;
}

/**
 * The name that clients look for in the certificate of a socket that speaks TLS: that of its file (etcd
 * `client/v3/internal/endpoint/endpoint.go`).
 *
 * @internal
 */
export function socketServerName({ path }: Pick<UnixSocket, 'path'>): string {
  return baseName(path);
}
