/**
 * An IP address in its one canonical spelling: dotted decimal (RFC 791) or RFC 5952.
 *
 * @public
 */
export interface IpAddress {
  /** Tells it from a name. */
  readonly type: 'ip';
  /** Which of the two. */
  readonly version: 4 | 6;
  /** Canonical text: RFC 5952 for IPv6, without brackets or zone. */
  readonly address: string;
}

/** Each octet once, as decimal digits are written: there is no second spelling. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Reads an IP address as strictly as Go's `netip.ParseAddr`: four decimal octets without leading zeros, or RFC 4291 text. No octal,
 * hexadecimal or shortened IPv4, no prefix length, no zone. An IPv4-mapped IPv6 address is not a distinct address: it is returned
 * as its IPv4 address, because Go compares certificates that way (golang/go#79776).
 *
 * @returns undefined if the text is not an IP address
 * @example
 * ```ts
 * parseIpAddress('FD00:0::1'); // => { type: 'ip', version: 6, address: 'fd00::1' }
 * parseIpAddress('10.0.0.01'); // => undefined
 * ```
 * @public
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.includes(':')) {
    const groups = parseIpv6Groups(text);
    if (groups === undefined) return undefined;
    const mapped = unmapIpv4(groups);
    return mapped === undefined
      ? { type: 'ip', version: 6, address: formatIpv6(groups) }
      : { type: 'ip', version: 4, address: mapped };
  }
  return IPV4.test(text) ? { type: 'ip', version: 4, address: text } : undefined;
}

/**
 * The 4 or 16 octets of an iPAddress (RFC 5280, 4.2.1.6), in network order.
 *
 * @internal
 */
export function ipAddressBytes(ip: IpAddress): Uint8Array {
  if (ip.version === 4) return Uint8Array.from(parseIpv4Octets(ip.address) ?? []);
  const groups = parseIpv6Groups(ip.address) ?? [];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/**
 * 0.0.0.0 or ::, which listens everywhere and is not the address of a host.
 *
 * @internal
 */
export function isUnspecified(ip: IpAddress): boolean {
  return ip.address === '0.0.0.0' || ip.address === '::';
}

/**
 * 127.0.0.0/8 or ::1.
 *
 * @internal
 */
export function isLoopback(ip: IpAddress): boolean {
  return ip.version === 4 ? ip.address.startsWith('127.') : ip.address === '::1';
}

/**
 * Multicast, or the IPv4 limited broadcast address: nothing can listen on it.
 *
 * @internal
 */
export function isMulticastOrBroadcast(ip: IpAddress): boolean {
  if (ip.version === 6) return ip.address.startsWith('ff') && ip.address.indexOf(':') === 4;
  const first = Number(ip.address.slice(0, ip.address.indexOf('.')));
  return (first >= 224 && first <= 239) || ip.address === '255.255.255.255';
}

/**
 * Link-local addresses only mean something together with a zone, which neither certificates nor etcd's URLs carry.
 *
 * @internal
 */
export function isLinkLocalIpv6(ip: IpAddress): boolean {
  return ip.version === 6 && /^fe[89ab][0-9a-f]:/.test(ip.address);
}

function parseIpv4Octets(text: string): number[] | undefined {
  return IPV4.test(text) ? text.split('.').map(Number) : undefined;
}

function parseIpv6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 ? head : undefined;
  // "::" stands for at least one group (RFC 4291, 2.2).
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const octets = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4Octets(part) : undefined;
    if (octets === undefined) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = octets;
    groups.push(a * 256 + b, c * 256 + d);
  }
  return groups;
}

function unmapIpv4(groups: readonly number[]): string | undefined {
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups becomes "::". */
function formatIpv6(groups: readonly number[]): string {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (start + length < groups.length && groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length < 2) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}
