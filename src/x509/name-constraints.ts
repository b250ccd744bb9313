import { goQuote } from '../text/go-quote.js';
import {
  type ConstraintSet,
  domainSet,
  type IpRange,
  mailboxKey,
  mailboxSet,
  rangeSet,
} from './constraint-set.js';

/**
 * The names that an authority may sign for (RFC 5280, 4.2.1.10), of the kinds that Go looks at.
 *
 * @public
 */
export interface NameConstraints {
  /** A name has to be within one of its kind, where there are any of its kind. */
  readonly permitted: NameSubtrees;
  /** A name must not be within any, permitted or not. */
  readonly excluded: NameSubtrees;
}

/**
 * Names by kind, each including what is below it (RFC 5280, 4.2.1.10, GeneralSubtree).
 *
 * @public
 */
export interface NameSubtrees {
  /** `example.org` with everything below it; `.example.org` without itself; the empty string is every name. */
  readonly dnsNames: readonly string[];
  /** IPv4 and IPv6, in the order of the certificate. */
  readonly ipRanges: readonly IpRange[];
  /** A mailbox, or a domain as in {@link NameSubtrees.dnsNames}. */
  readonly emailAddresses: readonly string[];
  /** Domains of URIs' hosts. */
  readonly uriDomains: readonly string[];
}

/**
 * The names to check.
 *
 * @internal
 */
export interface ConstrainedNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly { readonly text: string; readonly octets: Uint8Array }[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly { readonly text: string; readonly host: string }[];
}

interface Sets<T> {
  readonly permitted: ConstraintSet<T>;
  readonly excluded: ConstraintSet<T>;
}

const MAILBOX = /^([A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*)@([^@]+)$/;
const PRINTABLE = /^[\x21-\x7e]*$/;

/**
 * Checks names against constraints as Go does (`crypto/x509/constraints.go`): addresses, DNS names, URIs, mailboxes; each has to be
 * permitted where there are permitted ones of its kind, and must not be excluded.
 *
 * @returns the first that may not be signed for, in Go's words
 * @internal
 */
export function nameConstraintFault(
  { permitted, excluded }: NameConstraints,
  names: ConstrainedNames,
): string | undefined {
  for (const { host, text } of names.uris) {
    const wrong = uriFault(host, text);
    if (wrong !== undefined) return wrong;
  }
  const unreadable = names.emailAddresses.find((address) => !MAILBOX.test(address));
  if (unreadable !== undefined) return `cannot parse rfc822Name ${goQuote(unreadable)}`;
  const ip = { permitted: rangeSet(permitted.ipRanges), excluded: rangeSet(excluded.ipRanges) };
  for (const { text, octets } of names.ipAddresses) {
    const wrong = faultOf('IP address', `"${text}"`, octets, ip);
    if (wrong !== undefined) return wrong;
  }
  const dns = domainSets(permitted.dnsNames, excluded.dnsNames);
  for (const name of names.dnsNames) {
    if (!isValidDomain(name, 'name')) return `x509: cannot parse dnsName ${goQuote(name)}`;
    const wrong = faultOf('DNS name', goQuote(name), name, dns);
    if (wrong !== undefined) return wrong;
  }
  const uri = domainSets(permitted.uriDomains, excluded.uriDomains);
  for (const { host, text } of names.uris) {
    const wrong = faultOf('URI', goQuote(text), host.replace(/:\d*$/, '').toLowerCase(), uri);
    if (wrong !== undefined) return wrong;
  }
  const email = {
    permitted: mailboxSet(permitted.emailAddresses, 'permitted'),
    excluded: mailboxSet(excluded.emailAddresses, 'excluded'),
  };
  for (const address of names.emailAddresses) {
    const wrong = faultOf('email address', goQuote(mailboxKey(address)), address, email);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/**
 * Whether Go accepts a text as a domain (`crypto/x509/parser.go`, domainNameValid): visible ASCII, no empty label, no dot at the
 * end; a constraint may begin with one.
 *
 * @internal
 */
export function isValidDomain(text: string, as: 'name' | 'constraint'): boolean {
  if (text === '') return true;
  const labels = (as === 'constraint' && text.startsWith('.') ? text.slice(1) : text).split('.');
  return PRINTABLE.test(text) && !labels.includes('');
}

function uriFault(host: string, text: string): string | undefined {
  const uri = goQuote(text);
  if (host === '') return `URI with empty host (${uri}) cannot be matched against constraints`;
  return host.startsWith('[') || /^\d+(?:\.\d+){3}(?::\d*)?$/.test(host)
    ? `URI with IP (${uri}) cannot be matched against constraints`
    : undefined;
}

function domainSets(permitted: readonly string[], excluded: readonly string[]): Sets<string> {
  return { permitted: domainSet(permitted, 'permitted'), excluded: domainSet(excluded, 'excluded') };
}

function faultOf<T>(
  kind: string,
  shown: string,
  name: T,
  { permitted, excluded }: Sets<T>,
): string | undefined {
  if (!permitted.isEmpty && permitted.find(name) === undefined)
    return `${kind} ${shown} is not permitted by any constraint`;
  const constraint = excluded.find(name);
  return constraint === undefined
    ? undefined
    : `${kind} ${shown} is excluded by constraint ${goQuote(constraint)}`;
}
