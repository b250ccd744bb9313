import { goAuthorityFault } from './go-authority.js';
import { parseIpAddress } from './ip-address.js';

/**
 * One of etcd's URLs, checked for syntax only; rules decide whether its host fits its use.
 *
 * @internal
 */
export interface EtcdUrl {
  readonly scheme: 'http' | 'https' | 'unix' | 'unixs';
  /** Without brackets; an IP address in its canonical form. */
  readonly host: string;
  readonly port: string;
  /** Of `unix` and `unixs` alone, which have neither: what stands before the path, and the path. */
  readonly socket?: { readonly authority: string; readonly path: string };
  /** As etcd prints it. */
  readonly text: string;
}

const URL_TEXT = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/;
/** Without an authority: what does not begin with a slash is opaque to Go, and etcd passes over it. */
const BARE_SOCKET = /^(unixs?):(?!\/\/)(\/[^?#]*)?/i;
const HOST_PORT = /^(\[[^\]]*\]|[^:[\]]*):(\d*)$/;

/**
 * Reads a comma-separated list as etcd's `types.NewURLs` does.
 *
 * @returns the URLs up to the first that is none, and what etcd says of that one
 * @internal
 */
export function parseUrlList(list: string): { readonly urls: readonly EtcdUrl[]; readonly fault?: string } {
  const urls: EtcdUrl[] = [];
  const seen = new Set<string>();
  for (const item of list.split(',')) {
    const read = parseEtcdUrl(item.trim());
    if (typeof read === 'string') return { urls, fault: read };
    if (!seen.has(read.text)) urls.push(read);
    seen.add(read.text);
  }
  return { urls };
}

/** The URL, or etcd's words on why it is none (etcd `client/pkg/types/urls.go`). */
function parseEtcdUrl(text: string): EtcdUrl | string {
  const [, rawScheme = '', authority = '', path = ''] = URL_TEXT.exec(text) ?? [];
  const scheme = rawScheme.toLowerCase();
  const [bare, bareScheme = '', barePath = ''] = BARE_SOCKET.exec(text) ?? [];
  if (bare !== undefined)
    return {
      scheme: bareScheme.toLowerCase() === 'unixs' ? 'unixs' : 'unix',
      host: '',
      port: '',
      text,
      socket: { authority: '', path: barePath },
    };
  const fault = goAuthorityFault(authority);
  if (fault !== undefined) return `parse ${JSON.stringify(text)}: ${fault}`;
  switch (scheme) {
    case 'unix':
    case 'unixs':
      return { scheme, host: '', port: '', text, socket: { authority, path } };
    case 'http':
    case 'https': {
      const [, hostPart, port] = HOST_PORT.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
      if (hostPart === undefined || port === undefined)
        return `URL address does not have the form "host:port": ${text}`;
      if (path !== '') return `URL must not contain a path: ${text}`;
      const host = hostPart.replace(/^\[|\]$/g, '');
      return { scheme, host: parseIpAddress(host)?.address ?? host, port, text: `${scheme}://${authority}` };
    }
    default:
      return `URL scheme must be http, https, unix, or unixs: ${text}`;
  }
}
