import { utf8Octets } from '../text/utf8.js';
import { objectIdentifier, printableString, sequence, setOfOne, utf8String } from './der.js';
import { ATTRIBUTE_OID } from './object-identifiers.js';

/**
 * The attributes that kubeadm, cfssl and etcd's own documents use, by their short names (RFC 4514, 3).
 *
 * @public
 */
export type AttributeType = 'C' | 'ST' | 'L' | 'O' | 'OU' | 'CN';

/**
 * One attribute of a name.
 *
 * @public
 */
export interface NameAttribute {
  /** Short name (RFC 4514, 3). */
  readonly type: AttributeType;
  /** The text itself, nothing escaped. */
  readonly value: string;
}

/**
 * A distinguished name in the order of its encoding, each attribute an RDN of its own. The empty list is the empty name.
 *
 * @public
 */
export type DistinguishedName = readonly NameAttribute[];

/**
 * A Name exactly as another certificate carries it. Paths are built by comparing names (RFC 5280, 7.1), and many programs
 * compare their octets, so an issuer that we did not write is copied and never written again.
 *
 * @internal
 */
export interface EncodedName {
  /** DER of the Name, its SEQUENCE included */
  readonly der: Uint8Array;
}

/**
 * @internal
 */
export type Name = DistinguishedName | EncodedName;

/** The order of Go's `pkix.Name.ToRDNSequence`, which is kubeadm's and cfssl's: O comes before CN. */
const ORDER: readonly AttributeType[] = ['C', 'ST', 'L', 'O', 'OU', 'CN'];

/** X.680, 41.4. "*", "&", "@" and "_" are not in it. */
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;
/** Of which nothing is escaped: nearly every value, and V8 need not make the classes of Unicode. */
const PLAIN = /^[\w./:@-]*$/;

/**
 * The name of some attributes, in the order in which Go writes them: C, ST, L, O, OU, CN. Those that are absent stay out.
 *
 * @internal
 */
export function distinguishedName(
  attributes: {
    readonly [type in AttributeType]?: string | undefined;
  },
): DistinguishedName {
  const name: NameAttribute[] = [];
  for (const type of ORDER) {
    const value = attributes[type];
    if (value !== undefined) name.push({ type, value });
  }
  return name;
}

/**
 * Name (RFC 5280, 4.1.2.4).
 *
 * @internal
 */
export function encodeName(name: Name): Uint8Array {
  return isEncodedName(name) ? name.der : sequence(...name.map(encodeRelativeDistinguishedName));
}

/**
 * @internal
 */
export function isEncodedName(name: Name): name is EncodedName {
  return 'der' in name;
}

/**
 * True for the name without attributes.
 *
 * @internal
 */
export function isEmptyName(name: Name): boolean {
  return isEncodedName(name) ? name.der.length <= 2 : name.length === 0;
}

/**
 * A name for people, the last attribute first: `CN=e1,O=etcd` (RFC 4514, 2).
 *
 * @example
 * ```ts
 * formatDistinguishedName([{ type: 'O', value: 'etcd' }, { type: 'CN', value: 'e1' }]); // => 'CN=e1,O=etcd'
 * ```
 * @public
 */
export function formatDistinguishedName(name: DistinguishedName): string {
  return name
    .map(({ type, value }) => `${type}=${escapeValue(value)}`)
    .reverse()
    .join(',');
}

function encodeRelativeDistinguishedName({ type, value }: NameAttribute): Uint8Array {
  return setOfOne(sequence(objectIdentifier(ATTRIBUTE_OID[type]), encodeDirectoryString(value)));
}

/**
 * RFC 5280, 4.1.2.4 allows PrintableString and UTF8String. Go writes the first wherever it can (`encoding/asn1`, marshalField),
 * and so do we: the names then equal kubeadm's octet for octet.
 */
function encodeDirectoryString(value: string): Uint8Array {
  return PRINTABLE.test(value) ? printableString(value) : utf8String(utf8Octets(value));
}

/**
 * The value of an attribute as part of a name's text (RFC 4514, 2.4). What would not show, or would rewrite a terminal's line, is
 * escaped too: as the hex pairs of its octets.
 *
 * @internal
 */
export function escapeValue(value: string): string {
  if (PLAIN.test(value)) return value;
  return value.replace(/^[ #]|["+,;<>\\]| $|[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    /["+,;<>\\ #]/.test(character) ? `\\${character}` : hexPairs(utf8Octets(character)),
  );
}

function hexPairs(octets: Uint8Array): string {
  return Array.from(octets, (octet) => `\\${octet.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}
