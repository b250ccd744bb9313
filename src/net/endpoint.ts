import { type Host, hostInUrl, hostText, parseHost } from './host.js';
import { isUnspecified } from './ip-address.js';

/**
 * One of etcd's URLs: scheme, host and port, nothing else (etcd `client/pkg/types/urls.go`).
 *
 * @public
 */
export interface Endpoint {
  /** Whether it speaks TLS. */
  readonly scheme: 'http' | 'https';
  /** An address or a name. */
  readonly host: Host;
  /** 1 to 65535 */
  readonly port: number;
}

const URL_TEXT = /^(https?):\/\/(\[[^\]]*\]|[^:/?#@[\]]*):(\d{1,5})$/;

/**
 * Reads one of etcd's URLs: http or https, a host, a port, and no path, not even "/". etcd also takes unix sockets, a zone, a
 * user, a query, and capitals in the scheme; nothing here has a use for those.
 *
 * @returns undefined if the text is not such a URL
 * @example
 * ```ts
 * parseEndpoint('https://10.0.0.1:2379')?.port; // => 2379
 * parseEndpoint('https://10.0.0.1'); // => undefined
 * ```
 * @public
 */
export function parseEndpoint(text: string): Endpoint | undefined {
  const [, scheme, hostPart = '', portPart] = URL_TEXT.exec(text) ?? [];
  const bracketed = hostPart.startsWith('[');
  const host = parseHost(bracketed ? hostPart.slice(1, -1) : hostPart);
  const port = Number(portPart);
  if (host === undefined || bracketed !== hostPart.includes(':') || !isPort(port)) return undefined;
  return { scheme: scheme === 'https' ? 'https' : 'http', host, port };
}

/**
 * The endpoint's URL: `https://10.0.0.1:2379`, `https://[fd00::1]:2379`.
 *
 * @example
 * ```ts
 * const [member] = spec.members;
 * member?.advertiseClientUrls.map(endpointUrl); // => ['https://10.0.0.1:2379']
 * ```
 * @public
 */
export function endpointUrl(endpoint: Endpoint): string {
  return `${endpoint.scheme}://${hostInUrl(endpoint.host)}:${endpoint.port}`;
}

/**
 * A TCP port that something can be reached at.
 *
 * @internal
 */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/**
 * True where both would bind the same socket address: the same port on the same host, or on all of them.
 *
 * @internal
 */
export function bindsSame(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && (isWildcard(a) || isWildcard(b) || socketHost(a) === socketHost(b));
}

/**
 * Listens on every address.
 *
 * @internal
 */
export function isWildcard(endpoint: Endpoint): boolean {
  return endpoint.host.type === 'ip' && isUnspecified(endpoint.host);
}

/**
 * Sockets that are taken, and who holds them.
 *
 * @internal
 */
export interface SocketIndex<Holder extends object> {
  /** Takes the endpoint's socket, and tells who took one before that {@link bindsSame} calls the same. */
  readonly take: (endpoint: Endpoint, holder: Holder) => Holder | undefined;
}

/**
 * {@link bindsSame} for many endpoints, of which no two have to be compared.
 *
 * @internal
 */
export function createSocketIndex<Holder extends object>(): SocketIndex<Holder> {
  const holders = new Map<string, Holder>();
  return {
    take: (endpoint, holder) => {
      const anyHost = `${endpoint.port}`;
      const everyHost = `${endpoint.port} *`;
      const ownHost = isWildcard(endpoint) ? everyHost : `${endpoint.port} ${socketHost(endpoint)}`;
      const same = isWildcard(endpoint) ? [anyHost] : [ownHost, everyHost];
      const earlier = same.map((socket) => holders.get(socket)).find((found) => found !== undefined);
      for (const socket of [anyHost, ownHost]) if (!holders.has(socket)) holders.set(socket, holder);
      return earlier;
    },
  };
}

/** The host whose socket is bound: etcd binds `localhost` to 127.0.0.1 as a rule. */
function socketHost(endpoint: Endpoint): string {
  const host = hostText(endpoint.host);
  return host === 'localhost' ? '127.0.0.1' : host;
}
