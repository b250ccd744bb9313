import { parseIpAddress } from '../../net/ip-address.js';

/** Go `net/url`, shouldEscape: what a host may hold as it is. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]|%25|%[89A-Fa-f][0-9A-Fa-f])*$/;
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const ESCAPED = /%(?![0-9A-Fa-f]{2})/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+\-.]*:/;

/**
 * Finds the host of a URI as Go's `url.Parse` does, with its port.
 *
 * @param text - ASCII
 * @returns the empty string where there is none; undefined where Go would not read the URI
 * @internal
 */
export function readUriHost(text: string): string | undefined {
  const [uri = '', fragment] = cut(text, '#');
  if (/[\x00-\x1f\x7f]/.test(uri) || ESCAPED.test(fragment ?? '') || uri.startsWith(':')) return undefined;
  const scheme = SCHEME.exec(uri)?.[0] ?? '';
  const [rest = ''] = cut(uri.slice(scheme.length), '?');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return '';
    return (cut(rest, '/')[0] ?? '').includes(':') || ESCAPED.test(rest) ? undefined : '';
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  const [authority = ''] = hasAuthority ? cut(rest.slice(2), '/') : [''];
  const path = hasAuthority ? rest.slice(2 + authority.length) : rest;
  if (ESCAPED.test(path)) return undefined;
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(0, at));
  if (!USER.test(user) || ESCAPED.test(user)) return undefined;
  return readHost(authority.slice(at + 1), /^https?:$/i.test(scheme));
}

/** Go `net/url`, parseHost. */
function readHost(host: string, isHttp: boolean): string | undefined {
  const open = host.lastIndexOf('[');
  if (open > 0) return undefined;
  if (open === 0) {
    const close = host.lastIndexOf(']');
    const [address = '', zone] = cut(host.slice(1, close), '%25');
    const isAddress = close > 0 && address.includes(':') && parseIpAddress(address) !== undefined;
    return isAddress && zone !== '' && isPort(host.slice(close + 1)) ? host : undefined;
  }
  const colon = isHttp ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0 && !isPort(host.slice(colon))) return undefined;
  return HOST.test(host)
    ? host.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : undefined;
}

function isPort(text: string): boolean {
  return /^(?::[0-9]*)?$/.test(text);
}

function cut(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
