import { type IpAddress, parseIpAddress } from './ip-address.js';

/**
 * A DNS name in lower case without a trailing dot.
 *
 * @public
 */
export interface DnsName {
  /** Tells it from an address. */
  readonly type: 'dns';
  /** Lower case, without a dot at its end. */
  readonly name: string;
}

/**
 * What may stand where a host stands: an IP address or a DNS name.
 *
 * @public
 */
export type Host = IpAddress | DnsName;

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const MAXIMUM_LENGTH = 253;
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/**
 * Reads an RFC 1123 host name: labels of letters, digits and inner hyphens, at most 63 octets each and 253 in all. A name whose
 * last label is a number is refused: resolvers read it as an IPv4 address in one of its old spellings (WHATWG URL, 3.5).
 *
 * @returns undefined if the text is not such a name
 * @example
 * ```ts
 * parseDnsName('E1.example.org'); // => { type: 'dns', name: 'e1.example.org' }
 * parseDnsName('10.0.0.1'); // => undefined
 * ```
 * @public
 */
export function parseDnsName(text: string): DnsName | undefined {
  // Before lower-casing: the Kelvin sign becomes a "k" then.
  const labels = text.split('.');
  if (text.length > MAXIMUM_LENGTH || !labels.every((label) => LABEL.test(label))) return undefined;
  const name = text.toLowerCase();
  return ENDS_IN_NUMBER.test(name) ? undefined : { type: 'dns', name };
}

/**
 * As {@link parseDnsName}, and `*.example.org`: one leading wildcard label (RFC 9525, 6.3).
 *
 * @example
 * ```ts
 * parseWildcardDnsName('*.example.org'); // => { type: 'dns', name: '*.example.org' }
 * ```
 * @public
 */
export function parseWildcardDnsName(text: string): DnsName | undefined {
  if (!text.startsWith('*.')) return parseDnsName(text);
  if (text.length > MAXIMUM_LENGTH) return undefined;
  const parent = parseDnsName(text.slice(2));
  return parent === undefined ? undefined : { type: 'dns', name: `*.${parent.name}` };
}

/**
 * Reads an IP address or, failing that, a DNS name.
 *
 * @returns undefined where the text is neither
 * @example
 * ```ts
 * parseHost('fd00::1')?.type; // => 'ip'
 * parseHost('e1.example.org')?.type; // => 'dns'
 * ```
 * @public
 */
export function parseHost(text: string): Host | undefined {
  return parseIpAddress(text) ?? parseDnsName(text);
}

/**
 * The host's text: the canonical IP address or the DNS name.
 *
 * @example
 * ```ts
 * hostText({ type: 'dns', name: 'e1.example.org' }); // => 'e1.example.org'
 * ```
 * @public
 */
export function hostText(host: Host): string {
  return host.type === 'ip' ? host.address : host.name;
}

/**
 * The host as an authority component of a URL (RFC 3986, 3.2.2): IPv6 in brackets.
 *
 * @example
 * ```ts
 * hostInUrl({ type: 'ip', version: 6, address: 'fd00::1' }); // => '[fd00::1]'
 * ```
 * @public
 */
export function hostInUrl(host: Host): string {
  return host.type === 'ip' && host.version === 6 ? `[${host.address}]` : hostText(host);
}

/**
 * True where both name the same host.
 *
 * @internal
 */
export function sameHost(a: Host, b: Host): boolean {
  return a.type === b.type && hostText(a) === hostText(b);
}
