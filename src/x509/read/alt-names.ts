import { parseIpAddress } from '../../net/ip-address.js';
import { goQuote } from '../../text/go-quote.js';
import { isValidDomain } from '../name-constraints.js';
import { contextTag, DerFault, derReader, TAG } from './der-reader.js';
import { isAscii, latin1Text } from './name.js';
import { readUriHost } from './uri.js';

/**
 * The kinds of names that Go reads; it passes over the others.
 *
 * @internal
 */
export interface AltNamesView {
  readonly dnsNames: readonly string[];
  /** Canonical (RFC 5952). */
  readonly ipAddresses: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly UriName[];
}

/** @internal */
export interface UriName {
  readonly text: string;
  /** With its port, where it has one; the empty string where there is no authority. */
  readonly host: string;
}

const EMAIL: number = contextTag(1, 'primitive');
const DNS: number = contextTag(2, 'primitive');
const URI: number = contextTag(6, 'primitive');
const IP: number = contextTag(7, 'primitive');

/**
 * Go `crypto/x509/parser.go`, parseSANExtension.
 *
 * @internal
 */
export function readAltNames(octets: Uint8Array): AltNamesView {
  const dnsNames: string[] = [];
  const ipAddresses: string[] = [];
  const emailAddresses: string[] = [];
  const uris: UriName[] = [];
  const names = derReader(octets).enter(TAG.sequence, 'x509: invalid subject alternative names');
  while (!names.isEmpty()) {
    const { tag, content } = names.any('x509: invalid subject alternative name');
    if (tag === EMAIL) emailAddresses.push(asciiText(content, 'x509: SAN rfc822Name is malformed'));
    else if (tag === DNS) dnsNames.push(asciiText(content, 'x509: SAN dNSName is malformed'));
    else if (tag === URI)
      uris.push(uriName(asciiText(content, 'x509: SAN uniformResourceIdentifier is malformed')));
    else if (tag === IP) ipAddresses.push(addressText(content));
  }
  return { dnsNames, ipAddresses, emailAddresses, uris };
}

/**
 * @returns undefined unless there are 4 or 16 octets
 * @internal
 */
export function canonicalAddress(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[2 * index] ?? 0) << 8) | (octets[2 * index + 1] ?? 0)).toString(16),
  );
  return parseIpAddress(groups.join(':'))?.address;
}

function addressText(octets: Uint8Array): string {
  const text = canonicalAddress(octets);
  if (text === undefined) throw new DerFault(`x509: cannot parse IP address of length ${octets.length}`);
  return text;
}

function asciiText(octets: Uint8Array, says: string): string {
  if (!isAscii(octets)) throw new DerFault(says);
  return latin1Text(octets);
}

function uriName(text: string): UriName {
  const host = readUriHost(text);
  if (host === undefined) throw new DerFault(`x509: cannot parse URI ${goQuote(text)}`);
  if (!isValidDomain(host, 'name'))
    throw new DerFault(`x509: cannot parse URI ${goQuote(text)}: invalid domain`);
  return { text, host };
}
