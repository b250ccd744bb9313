import { escapeValue } from '../distinguished-name.js';
import { ATTRIBUTE_OID } from '../object-identifiers.js';
import { DerFault, type DerReader, derReader, readObjectIdentifier, TAG } from './der-reader.js';

/**
 * A distinguished name as Go reads it.
 *
 * @internal
 */
export interface NameView {
  /** RFC 4514 */
  readonly text: string;
  /** The last one; the empty string where there is none. */
  readonly commonName: string;
  /** DER, one character an octet. */
  readonly raw: string;
}

const INVALID = 'x509: invalid RDNSequence';
const STRING = {
  utf8: 0x0c,
  numeric: 0x12,
  printable: 0x13,
  t61: 0x14,
  ia5: 0x16,
  bmp: 0x1e,
} as const;
/** With "*" and "&", which X.680 has not and certificates have (Go `crypto/x509/parser.go`, isPrintable). */
const PRINTABLE = /^[A-Za-z0-9 '()*+,\-./:=?&]*$/;

/** @internal */
export function readName(reader: DerReader, says: string): NameView {
  const { whole, content } = reader.element(TAG.sequence, says);
  const attributes: { readonly type: string; readonly value: string }[] = [];
  const names = derReader(content);
  while (!names.isEmpty()) {
    const set = names.enter(TAG.set, INVALID);
    while (!set.isEmpty()) {
      const attribute = set.enter(TAG.sequence, `${INVALID}: invalid attribute`);
      const type = readObjectIdentifier(attribute, `${INVALID}: invalid attribute type`);
      const value = attribute.any(`${INVALID}: invalid attribute value`);
      attributes.push({ type, value: stringValue(value.tag, value.content) });
    }
  }
  return {
    text: attributes
      .map(({ type, value }) => `${shortName(type)}=${escapeValue(value)}`)
      .reverse()
      .join(','),
    commonName: attributes.findLast(({ type }) => type === ATTRIBUTE_OID.CN)?.value ?? '',
    raw: latin1Text(whole),
  };
}

/**
 * Whether the octets are ASCII alone, as an IA5String's are.
 *
 * @internal
 */
export function isAscii(octets: Uint8Array): boolean {
  return octets.every((octet) => octet < 0x80);
}

/**
 * One character an octet. TextDecoder's "latin1" is windows-1252, which has other characters from 0x80 to 0x9f.
 *
 * @internal
 */
export function latin1Text(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}

/**
 * The octets that {@link latin1Text} made a text of.
 *
 * @internal
 */
export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Go `crypto/x509/parser.go`, parseASN1String. */
function stringValue(tag: number, octets: Uint8Array): string {
  const refuse = (what: string): never => {
    throw new DerFault(`${INVALID}: invalid attribute value: ${what}`);
  };
  switch (tag) {
    case STRING.t61:
      return latin1Text(octets);
    case STRING.printable: {
      const text = latin1Text(octets);
      return PRINTABLE.test(text) ? text : refuse('invalid PrintableString');
    }
    case STRING.utf8:
      return utf8Text(octets) ?? refuse('invalid UTF-8 string');
    case STRING.bmp:
      return bmpText(octets) ?? refuse('invalid BMPString');
    case STRING.ia5:
      return isAscii(octets) ? latin1Text(octets) : refuse('invalid IA5String');
    case STRING.numeric: {
      const text = latin1Text(octets);
      return /^[0-9 ]*$/.test(text) ? text : refuse('invalid NumericString');
    }
    default:
      return refuse(`unsupported string type: ${tag}`);
  }
}

function utf8Text(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** Two octets a character, without a NUL at the end, surrogates and what never is a character. */
function bmpText(octets: Uint8Array): string | undefined {
  if (octets.length % 2 !== 0) return undefined;
  let text = '';
  for (let index = 0; index < octets.length; index += 2) {
    const point = (octets[index] ?? 0) * 256 + (octets[index + 1] ?? 0);
    if (point === 0 && index === octets.length - 2) break;
    if (point >= 0xfffe || (point >= 0xfdd0 && point <= 0xfdef) || (point >= 0xd800 && point <= 0xdfff))
      return undefined;
    text += String.fromCharCode(point);
  }
  return text;
}

function shortName(oid: string): string {
  return Object.entries(ATTRIBUTE_OID).find(([, known]) => known === oid)?.[0] ?? oid;
}
