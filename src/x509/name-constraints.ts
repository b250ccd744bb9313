import { goQuote } from './go-quote.js';

/**
 * The names that an authority may sign for (RFC 5280, 4.2.1.10), of the kinds that Go looks at.
 *
 * @public
 */
export interface NameConstraints {
  readonly permitted: NameSubtrees;
  readonly excluded: NameSubtrees;
}

/** @public */
export interface NameSubtrees {
  /** `example.org` with everything below it; `.example.org` without itself; the empty string is every name. */
  readonly dnsNames: readonly string[];
  readonly ipRanges: readonly IpRange[];
  /** A mailbox, or a domain as in {@link NameSubtrees.dnsNames}. */
  readonly emailAddresses: readonly string[];
  /** Domains of URIs' hosts. */
  readonly uriDomains: readonly string[];
}

/**
 * Address and mask of 4 or 16 octets each.
 *
 * @public
 */
export interface IpRange {
  readonly address: Uint8Array;
  readonly mask: Uint8Array;
  /** `10.0.0.0/8` */
  readonly text: string;
}

/**
 * What is held against the constraints.
 *
 * @internal
 */
export interface ConstrainedNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly { readonly text: string; readonly octets: Uint8Array }[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly { readonly text: string; readonly host: string }[];
}

interface Subtrees {
  readonly permitted: readonly string[];
  readonly excluded: readonly string[];
}

const MAILBOX = /^([A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*)@([^@]+)$/;
const PRINTABLE = /^[\x21-\x7e]*$/;

/**
 * Holds names against constraints as Go does (`crypto/x509/constraints.go`): addresses, DNS names, URIs, mailboxes; each has to be
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
  for (const address of names.ipAddresses) {
    const wrong = addressFault(address, permitted.ipRanges, excluded.ipRanges);
    if (wrong !== undefined) return wrong;
  }
  const [dns, uri] = [
    { permitted: permitted.dnsNames, excluded: excluded.dnsNames },
    { permitted: permitted.uriDomains, excluded: excluded.uriDomains },
  ];
  for (const name of names.dnsNames) {
    if (!isValidDomain(name, 'name')) return `x509: cannot parse dnsName ${goQuote(name)}`;
    const wrong = domainFault('DNS name', name, name, dns);
    if (wrong !== undefined) return wrong;
  }
  for (const { host, text } of names.uris) {
    const wrong = domainFault('URI', text, host.replace(/:\d*$/, '').toLowerCase(), uri);
    if (wrong !== undefined) return wrong;
  }
  for (const address of names.emailAddresses) {
    const wrong = mailboxFault(address, permitted.emailAddresses, excluded.emailAddresses);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/**
 * Whether Go takes a text for a domain (`crypto/x509/parser.go`, domainNameValid): visible ASCII, no empty label, no dot at the end; a
 * constraint may begin with one.
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

function addressFault(
  { text, octets }: ConstrainedNames['ipAddresses'][number],
  permitted: readonly IpRange[],
  excluded: readonly IpRange[],
): string | undefined {
  if (permitted.length > 0 && !permitted.some((range) => isInRange(octets, range)))
    return `IP address "${text}" is not permitted by any constraint`;
  const range = excluded.find((candidate) => isInRange(octets, candidate));
  return range === undefined ? undefined : `IP address "${text}" is excluded by constraint "${range.text}"`;
}

function isInRange(octets: Uint8Array, { address, mask }: IpRange): boolean {
  return (
    octets.length === address.length &&
    octets.every((octet, index) => ((octet ^ (address[index] ?? 0)) & (mask[index] ?? 0)) === 0)
  );
}

function domainFault(
  kind: string,
  shown: string,
  domain: string,
  { permitted, excluded }: Subtrees,
): string | undefined {
  if (permitted.length > 0 && !permitted.some((constraint) => isWithin(domain, constraint)))
    return `${kind} ${goQuote(shown)} is not permitted by any constraint`;
  const constraint = excluded.find(
    (candidate) => isWithin(domain, candidate) || isWildcardOver(domain, candidate),
  );
  return constraint === undefined
    ? undefined
    : `${kind} ${goQuote(shown)} is excluded by constraint ${goQuote(constraint)}`;
}

function isWithin(name: string, constraint: string): boolean {
  const [inner, outer] = [name.toLowerCase(), constraint.toLowerCase()];
  return outer === '' || inner === outer || inner.endsWith(outer.startsWith('.') ? outer : `.${outer}`);
}

/** `*.example.org` would stand for the excluded `a.example.org` too. */
function isWildcardOver(name: string, constraint: string): boolean {
  const dot = constraint.indexOf('.');
  return (
    name.startsWith('*') && dot >= 0 && name.slice(1).toLowerCase() === constraint.slice(dot).toLowerCase()
  );
}

function mailboxFault(
  address: string,
  permitted: readonly string[],
  excluded: readonly string[],
): string | undefined {
  const [, local = '', domain = ''] = MAILBOX.exec(address) ?? [];
  const matches = (constraint: string): boolean =>
    constraint.includes('@')
      ? constraint.slice(0, constraint.lastIndexOf('@')) === local &&
        constraint.slice(constraint.lastIndexOf('@') + 1).toLowerCase() === domain.toLowerCase()
      : isWithin(domain, constraint);
  const shown = goQuote(address);
  if (permitted.length > 0 && !permitted.some(matches))
    return `email address ${shown} is not permitted by any constraint`;
  const constraint = excluded.find(matches);
  return constraint === undefined
    ? undefined
    : `email address ${shown} is excluded by constraint ${goQuote(constraint)}`;
}
