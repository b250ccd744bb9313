import { parseIpAddress } from '../../net/ip-address.js';
import { goQuote } from '../../text/go-quote.js';
import type { IpRange } from '../constraint-set.js';
import { isValidDomain, type NameConstraints, type NameSubtrees } from '../name-constraints.js';
import { canonicalAddress } from './alt-names.js';
import { contextTag, DerFault, type DerReader, derReader, TAG } from './der-reader.js';
import { isAscii, latin1Text } from './name.js';

/** @internal */
export interface NameConstraintsView extends NameConstraints {
  /** Whether it names kinds of names that Go does not look at. */
  readonly unhandled: boolean;
}

const INVALID = 'x509: invalid NameConstraints extension';
const EMAIL: number = contextTag(1, 'primitive');
const DNS: number = contextTag(2, 'primitive');
const URI: number = contextTag(6, 'primitive');
const IP: number = contextTag(7, 'primitive');

/**
 * Go `crypto/x509/parser.go`, parseNameConstraintsExtension.
 *
 * @internal
 */
export function readNameConstraints(octets: Uint8Array): NameConstraintsView {
  const outer = derReader(octets);
  const fields = outer.enter(TAG.sequence, INVALID);
  const subtrees = (number: number): Uint8Array => {
    const tag = contextTag(number, 'constructed');
    return fields.peek(tag) ? fields.content(tag, INVALID) : new Uint8Array();
  };
  const [permitted, excluded] = [subtrees(0), subtrees(1)];
  if (!outer.isEmpty() || !fields.isEmpty()) throw new DerFault(INVALID);
  if (permitted.length + excluded.length === 0) throw new DerFault('x509: empty name constraints extension');
  const [first, second] = [readSubtrees(derReader(permitted)), readSubtrees(derReader(excluded))];
  return {
    permitted: first.subtrees,
    excluded: second.subtrees,
    unhandled: first.unhandled || second.unhandled,
  };
}

function readSubtrees(reader: DerReader): { readonly subtrees: NameSubtrees; readonly unhandled: boolean } {
  const dnsNames: string[] = [];
  const ipRanges: IpRange[] = [];
  const emailAddresses: string[] = [];
  const uriDomains: string[] = [];
  let unhandled = false;
  while (!reader.isEmpty()) {
    const { tag, content } = reader.enter(TAG.sequence, INVALID).any(INVALID);
    if (tag === DNS) dnsNames.push(domain(content, 'dnsName'));
    else if (tag === IP) ipRanges.push(ipRange(content));
    else if (tag === EMAIL) emailAddresses.push(mailbox(content));
    else if (tag === URI) uriDomains.push(uriDomain(content));
    else unhandled = true;
  }
  return { subtrees: { dnsNames, ipRanges, emailAddresses, uriDomains }, unhandled };
}

function domain(octets: Uint8Array, kind: string): string {
  const text = asciiText(octets);
  if (!isValidDomain(text, 'constraint'))
    throw new DerFault(`x509: failed to parse ${kind} constraint ${goQuote(text)}`);
  return text;
}

function mailbox(octets: Uint8Array): string {
  return asciiText(octets).includes('@') ? asciiText(octets) : domain(octets, 'rfc822Name');
}

function uriDomain(octets: Uint8Array): string {
  const text = asciiText(octets);
  if (parseIpAddress(text) !== undefined)
    throw new DerFault(`x509: failed to parse URI constraint ${goQuote(text)}: cannot be IP address`);
  return domain(octets, 'URI');
}

function ipRange(octets: Uint8Array): IpRange {
  const size = octets.length / 2;
  if (size !== 4 && size !== 16)
    throw new DerFault(`x509: IP constraint contained value of length ${octets.length}`);
  const [address, mask] = [octets.subarray(0, size), octets.subarray(size)];
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  if (!/^1*0*$/.test(bits)) {
    const shown = Array.from(mask, (octet) => octet.toString(16).padStart(2, '0')).join('');
    throw new DerFault(`x509: IP constraint contained invalid mask ${shown}`);
  }
  return {
    address,
    mask,
    text: `${canonicalAddress(address) ?? ''}/${bits.indexOf('0') < 0 ? bits.length : bits.indexOf('0')}`,
  };
}

function asciiText(octets: Uint8Array): string {
  const text = latin1Text(octets);
  if (!isAscii(octets))
    throw new DerFault(
      `x509: invalid constraint value: x509: ${goQuote(text)} cannot be encoded as an IA5String`,
    );
  return text;
}
