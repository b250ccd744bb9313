import { type Host, hostText, parseHost, parseWildcardDnsName } from '../../net/host.js';
import {
  type IpAddress,
  isLinkLocalIpv6,
  isMulticastOrBroadcast,
  isUnspecified,
  parseIpAddress,
} from '../../net/ip-address.js';
import { quoteValue } from '../../text/quote-value.js';
import { addListedTwice, type IssueList } from '../issue-list.js';

/**
 * Reads one address of a member: something that other machines reach it at.
 *
 * @internal
 */
export function resolveAddress(text: string, path: string, issues: IssueList): Host | undefined {
  const host = parseHost(text);
  if (host === undefined) {
    issues.add('not-an-address', path, `${quoteValue(text)} is not an address.`, addressCure(text));
    return undefined;
  }
  if (host.type === 'ip' && !isReachable(host)) {
    issues.add(
      'unreachable-address',
      path,
      `${quoteValue(text)} is not an address at which others can reach this member.`,
      "Write the member's own IP address or DNS name.",
    );
    return undefined;
  }
  return host;
}

/**
 * Reads a list of subject alternative names, each once.
 *
 * @internal
 */
export function resolveAltNames(texts: readonly string[], path: string, issues: IssueList): readonly Host[] {
  const hosts = new Map<string, Host>();
  for (const [index, text] of texts.entries()) {
    const where = `${path}[${index}]`;
    const host = resolveAltName(text, where, issues);
    if (host === undefined) continue;
    if (hosts.has(hostText(host))) addListedTwice(issues, where, quoteValue(text));
    hosts.set(hostText(host), host);
  }
  return [...hosts.values()];
}

/**
 * An address that other hosts can send packets to without further information, such as a zone.
 *
 * @internal
 */
export function isReachable(ip: IpAddress): boolean {
  return !isUnspecified(ip) && !isMulticastOrBroadcast(ip) && !isLinkLocalIpv6(ip);
}

/** An IP address, a DNS name or a wildcard. */
function resolveAltName(text: string, path: string, issues: IssueList): Host | undefined {
  const host = parseIpAddress(text) ?? parseWildcardDnsName(text);
  if (host === undefined) {
    issues.add(
      'not-an-alt-name',
      path,
      `${quoteValue(text)} is not a subject alternative name.`,
      addressCure(text),
    );
    return undefined;
  }
  if (host.type === 'ip' && isUnspecified(host)) {
    issues.add(
      'unspecified-alt-name',
      path,
      `${quoteValue(text)} is not the address of a host.`,
      'Write the address that clients dial.',
    );
    return undefined;
  }
  return host;
}

/** What people type where an address belongs, and what they meant. */
function addressCure(text: string): string {
  if (/^[a-z]+:\/\//i.test(text)) return 'Write the host alone, without scheme and port.';
  if (/\/\d+$/.test(text))
    return `Write the address without its prefix length: ${quoteValue(text.replace(/\/\d+$/, ''))}.`;
  if (text.includes('%')) return 'Write the address without its zone; a link-local address cannot be used.';
  if (/^\[.*\]$/.test(text)) return `Write the address without brackets: ${quoteValue(text.slice(1, -1))}.`;
  if (/^[^:]+:\d+$/.test(text)) return 'Write the host alone; ports are etcd.clientPort and etcd.peerPort.';
  if (/^[\d.]+$/.test(text)) return 'Write four decimal numbers from 0 to 255 without leading zeros.';
  if (text.includes('_')) return 'Write letters, digits, hyphens and dots; DNS names have no underscores.';
  if (/^[\w.:-]+(?:[,;] ?[\w.:-]+)+$/.test(text))
    return `Write a list: [${text.split(/[,;] ?/).join(', ')}].`;
  if (/\s/.test(text)) return 'Write the address without spaces.';
  if (/[^\p{ASCII}]/u.test(text))
    return 'Write ASCII; for an internationalized name, its form that begins with xn--.';
  if (text.endsWith('.')) return 'Write the name without the trailing dot.';
  if (/[^.]{64}/.test(text) || text.length > 253)
    return 'DNS names have at most 63 characters between dots, and 253 in all.';
  if (text.startsWith('*.') && !text.includes('*', 1)) return 'Write a name; wildcards go into altNames.';
  return 'Write an IPv4 address, an IPv6 address or a DNS name.';
}
