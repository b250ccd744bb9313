/**
 * Why Go refuses it, in Go's words.
 *
 * @internal
 */
export class DerFault extends Error {
  override readonly name = 'DerFault';
  readonly says: string;

  constructor(says: string) {
    super(says);
    this.says = says;
  }
}

/** @internal */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Identifier and length included. */
  readonly whole: Uint8Array;
}

/**
 * Reads one value after the other, as strictly as Go's `cryptobyte.String`: DER alone, where BER would let a length be open or
 * longer than it has to be. Each function takes what is said where the value is not there.
 *
 * @internal
 */
export interface DerReader {
  readonly isEmpty: () => boolean;
  /** Octets that are not read yet. */
  readonly left: () => number;
  /** Whether the next value has this identifier octet. */
  readonly peek: (tag: number) => boolean;
  readonly any: (says: string) => DerElement;
  readonly element: (tag: number, says: string) => DerElement;
  readonly content: (tag: number, says: string) => Uint8Array;
  /** The same for a value that others are in. */
  readonly enter: (tag: number, says: string) => DerReader;
}

/**
 * Identifier octets of X.680, 8.6.
 *
 * @internal
 */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

const CONTEXT_PRIMITIVE = 0x80;
const CONTEXT_CONSTRUCTED = 0xa0;
/** Says that the tag number, 31 or more, follows in octets of its own, which Go does not read (X.690, 8.1.2.4). */
const HIGH_TAG = 0x1f;

/** @internal */
export function contextTag(number: number, form: 'primitive' | 'constructed'): number {
  return (form === 'primitive' ? CONTEXT_PRIMITIVE : CONTEXT_CONSTRUCTED) | number;
}

/** @internal */
export function derReader(octets: Uint8Array): DerReader {
  let at = 0;
  const element = (tag: number, says: string): DerElement => {
    const found = any(says);
    if (found.tag !== tag) throw new DerFault(says);
    return found;
  };
  const any = (says: string): DerElement => {
    const found = elementAt(octets, at);
    if (found === undefined) throw new DerFault(says);
    at += found.whole.length;
    return found;
  };
  return {
    isEmpty: () => at >= octets.length,
    left: () => octets.length - at,
    peek: (tag) => octets[at] === tag,
    any,
    element,
    content: (tag, says) => element(tag, says).content,
    enter: (tag, says) => derReader(element(tag, says).content),
  };
}

/**
 * Content octets of an INTEGER, the first a zero only where it keeps the number from being negative.
 *
 * @internal
 */
export function readInteger(reader: DerReader, says: string, tag: number = TAG.integer): Uint8Array {
  const octets = reader.content(tag, says);
  const [first = 0, second = 0] = octets;
  const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  if (octets.length === 0 || (octets.length > 1 && isPadded)) throw new DerFault(says);
  return octets;
}

/**
 * An INTEGER that Go reads into an int, which has 64 bits.
 *
 * @internal
 */
export function readNumber(reader: DerReader, says: string, tag: number = TAG.integer): number {
  const octets = readInteger(reader, says, tag);
  if (octets.length > 8) throw new DerFault(says);
  return octets.reduce((sum, octet, index) => sum * 256 + (index === 0 ? signed(octet) : octet), 0);
}

/** @internal */
export function isNegative(octets: Uint8Array): boolean {
  return (octets[0] ?? 0) >= 0x80;
}

/** @internal */
export function readBoolean(reader: DerReader, says: string): boolean {
  const octets = reader.content(TAG.boolean, says);
  const [value = 1] = octets;
  if (octets.length !== 1 || (value !== 0 && value !== 0xff)) throw new DerFault(says);
  return value === 0xff;
}

/**
 * The octets of a BIT STRING and how many bits of the last one do not count, which have to be zero.
 *
 * @internal
 */
export function readBits(
  reader: DerReader,
  says: string,
): { readonly octets: Uint8Array; readonly unused: number } {
  const content = reader.content(TAG.bitString, says);
  const [unused = 8] = content;
  const octets = content.subarray(1);
  const stray = (octets.at(-1) ?? 0) & ((1 << unused) - 1);
  if (unused > 7 || (octets.length === 0 && unused !== 0) || stray !== 0) throw new DerFault(says);
  return { octets, unused };
}

/**
 * The octets of a BIT STRING pushed to its end (Go `encoding/asn1`, BitString.RightAlign).
 *
 * @internal
 */
export function rightAligned({
  octets,
  unused,
}: {
  readonly octets: Uint8Array;
  readonly unused: number;
}): Uint8Array {
  if (unused === 0) return octets;
  return octets.map((octet, index) => (octet >> unused) | ((octets[index - 1] ?? 0) << (8 - unused)));
}

/**
 * An OBJECT IDENTIFIER as text, each arc below 2^31.
 *
 * @internal
 */
export function readObjectIdentifier(reader: DerReader, says: string): string {
  const content = reader.content(TAG.objectIdentifier, says);
  const arcs: number[] = [];
  let arc = 0;
  let length = 0;
  for (const octet of content) {
    if ((length === 0 && octet === 0x80) || length === 5 || arc >= 2 ** 24) throw new DerFault(says);
    arc = arc * 128 + (octet & 0x7f);
    length += 1;
    if (octet >= 0x80) continue;
    // The first two arcs share a subidentifier (X.690, 8.19.4).
    if (arcs.length === 0) arcs.push(arc < 80 ? Math.floor(arc / 40) : 2, arc < 80 ? arc % 40 : arc - 80);
    else arcs.push(arc);
    arc = 0;
    length = 0;
  }
  if (arcs.length === 0 || length > 0) throw new DerFault(says);
  return arcs.join('.');
}

function elementAt(octets: Uint8Array, at: number): DerElement | undefined {
  const [tag, first] = [octets[at], octets[at + 1]];
  if (tag === undefined || first === undefined || (tag & HIGH_TAG) === HIGH_TAG) return undefined;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if ((first >= 0x80 && count === 0) || count > 4 || at + 2 + count > octets.length) return undefined;
  const start = at + 2 + count;
  const length =
    count === 0 ? first : octets.subarray(at + 2, start).reduce((sum, octet) => sum * 256 + octet, 0);
  // The length in its shortest form (X.690, 10.1).
  if (count > 0 && (length < 0x80 || octets[at + 2] === 0)) return undefined;
  const end = start + length;
  if (end > octets.length) return undefined;
  return { tag, content: octets.subarray(start, end), whole: octets.subarray(at, end) };
}

function signed(octet: number): number {
  return octet >= 0x80 ? octet - 256 : octet;
}
