import { hexadecimal } from '../../text/hexadecimal.js';
import { OID } from '../object-identifiers.js';
import type { UnixTime } from '../time.js';
import { readAlgorithm } from './algorithm.js';
import type { ReadResult } from './certificate.js';
import {
  contextTag,
  DerFault,
  type DerReader,
  derReader,
  isNegative,
  readBits,
  readInteger,
  readNumber,
  rightAligned,
  TAG,
} from './der-reader.js';
import { checkAuthorityKeyIdentifier, type Extension, readExtension } from './extensions.js';
import { latin1Text, readName } from './name.js';
import { GENERALIZED_TIME, readTime, UTC_TIME } from './time.js';

/**
 * Go's two readers of a CRL: `x509.ParseCRL`, which is deprecated, takes version 1 and what goes against RFC 5280 in many ways;
 * `x509.ParseRevocationList` does not.
 *
 * @internal
 */
export type RevocationListParser = 'ParseCRL' | 'ParseRevocationList';

/** @internal */
export interface RevocationListView {
  /** Hexadecimal without leading zeros and without a sign, which etcd does not look at either. */
  readonly serialNumbers: ReadonlySet<string>;
  /** RFC 4514 */
  readonly issuer: string;
  readonly thisUpdate: UnixTime;
  /** When the next list is out at the latest; undefined where the list does not say. */
  readonly nextUpdate: UnixTime | undefined;
}

const VERSION_2 = 1;
const ENUMERATED = 0x0a;
const EXTENSIONS: number = contextTag(0, 'constructed');
/** What `encoding/asn1` says of anything that does not fit; what follows it depends on the place. */
const STRUCTURE = 'asn1: structure error';
const TRAILING = 'x509: trailing data after CRL';
const MALFORMED = 'x509: malformed crl';

/**
 * Reads a CRL in DER as one of Go's readers does.
 *
 * @internal
 */
export function readRevocationList(
  der: Uint8Array,
  parser: RevocationListParser,
): ReadResult<RevocationListView> {
  try {
    return { type: 'ok', value: parser === 'ParseCRL' ? readLoosely(der) : readStrictly(der) };
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    return { type: 'fault', says: parser === 'ParseCRL' && error.says !== TRAILING ? STRUCTURE : error.says };
  }
}

/** Go `crypto/x509/parser.go`, ParseRevocationList: in its order, with its words; what follows the list is not looked at. */
function readStrictly(der: Uint8Array): RevocationListView {
  const list = derReader(der).enter(TAG.sequence, MALFORMED);
  const tbs = list.enter(TAG.sequence, 'x509: malformed tbs crl');
  readVersion(tbs);
  const inner = tbs.content(TAG.sequence, 'x509: malformed signature algorithm identifier');
  const outer = list.content(TAG.sequence, 'x509: malformed algorithm identifier');
  if (latin1Text(inner) !== latin1Text(outer))
    throw new DerFault("x509: inner and outer signature algorithm identifiers don't match");
  readAlgorithm(derReader(inner));
  rightAligned(readBits(list, 'x509: malformed signature'));
  const issuer = readName(tbs, 'x509: malformed issuer').text;
  const times = readUpdates(tbs);
  const serialNumbers = new Set<string>();
  if (tbs.peek(TAG.sequence)) {
    const entries = tbs.enter(TAG.sequence, MALFORMED);
    while (!entries.isEmpty()) serialNumbers.add(readEntry(entries.enter(TAG.sequence, MALFORMED)));
  }
  if (tbs.peek(EXTENSIONS))
    eachExtension(
      tbs.enter(EXTENSIONS, 'x509: malformed extensions').enter(TAG.sequence, 'x509: malformed extensions'),
      checkListExtension,
    );
  return { serialNumbers, issuer, ...times };
}

function readUpdates(tbs: DerReader): Pick<RevocationListView, 'thisUpdate' | 'nextUpdate'> {
  const thisUpdate = readTime(tbs);
  const isNextGiven = tbs.peek(GENERALIZED_TIME) || tbs.peek(UTC_TIME);
  return { thisUpdate, nextUpdate: isNextGiven ? readTime(tbs) : undefined };
}

function readVersion(tbs: DerReader): void {
  if (!tbs.peek(TAG.integer)) throw new DerFault('x509: unsupported crl version');
  const version = readNumber(tbs, MALFORMED);
  if (version !== VERSION_2) throw new DerFault(`x509: unsupported crl version: ${version}`);
}

function readEntry(entry: DerReader): string {
  const serial = readInteger(entry, 'x509: malformed serial number');
  readTime(entry);
  if (entry.peek(TAG.sequence))
    eachExtension(entry.enter(TAG.sequence, 'x509: malformed extensions'), ({ oid, value }) => {
      const says = 'x509: malformed reasonCode extension';
      if (oid === OID.reasonCode) readNumber(derReader(value), says, ENUMERATED);
    });
  return magnitude(serial);
}

function checkListExtension(extension: Extension): void {
  if (extension.oid === OID.authorityKeyIdentifier) checkAuthorityKeyIdentifier(extension);
  if (extension.oid === OID.crlNumber) readInteger(derReader(extension.value), 'x509: malformed crl number');
}

function eachExtension(list: DerReader, check: (extension: Extension) => void): void {
  while (!list.isEmpty()) check(readExtension(list.enter(TAG.sequence, 'x509: malformed extension')));
}

/** Go `crypto/x509/x509.go`, ParseDERCRL: `encoding/asn1` into pkix.CertificateList; what follows the fields of a value is ignored. */
function readLoosely(der: Uint8Array): RevocationListView {
  const reader = derReader(der);
  const list = reader.enter(TAG.sequence, STRUCTURE);
  const tbs = list.enter(TAG.sequence, STRUCTURE);
  readAlgorithm(list.enter(TAG.sequence, STRUCTURE));
  readBits(list, STRUCTURE);
  if (tbs.peek(TAG.integer)) readNumber(tbs, STRUCTURE);
  readAlgorithm(tbs.enter(TAG.sequence, STRUCTURE));
  const issuer = readName(tbs, STRUCTURE).text;
  const times = readUpdates(tbs);
  const serialNumbers = new Set<string>();
  if (tbs.peek(TAG.sequence)) {
    const entries = tbs.enter(TAG.sequence, STRUCTURE);
    while (!entries.isEmpty()) {
      const entry = entries.enter(TAG.sequence, STRUCTURE);
      serialNumbers.add(magnitude(readInteger(entry, STRUCTURE)));
      readTime(entry);
      if (entry.peek(TAG.sequence)) eachExtension(entry.enter(TAG.sequence, STRUCTURE), () => undefined);
    }
  }
  if (!reader.isEmpty()) throw new DerFault(TRAILING);
  return { serialNumbers, issuer, ...times };
}

function magnitude(octets: Uint8Array): string {
  const text = hexadecimal(octets);
  const value = isNegative(octets) ? (1n << BigInt(octets.length * 8)) - BigInt(`0x${text}`) : undefined;
  return (value?.toString(16) ?? text).replace(/^0+(?=.)/, '');
}
