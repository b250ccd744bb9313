/** Octets as they lie in memory, or as a literal in the source. */
type Octets = ArrayLike<number>;

/** Identifier octets of the universal types that we write (X.690, 8.1.2; X.680, 8.6). */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const CONTEXT_PRIMITIVE = 0x80;
const CONTEXT_CONSTRUCTED = 0xa0;

/** Identifiers are constants, and every certificate has the same. */
const IDENTIFIERS = new Map<string, Uint8Array>();

/** @internal */
export function sequence(...members: readonly Octets[]): Uint8Array {
  return encodeValue(TAG.sequence, members);
}

/**
 * A SET OF one member. DER sorts the members of a larger one (X.690, 11.6); RFC 5280 names need none.
 *
 * @internal
 */
export function setOfOne(member: Octets): Uint8Array {
  return encodeValue(TAG.set, [member]);
}

/**
 * TRUE. FALSE is the default wherever RFC 5280 has a BOOLEAN, and DER leaves defaults out (X.690, 11.5).
 *
 * @internal
 */
export function booleanTrue(): Uint8Array {
  return encodeValue(TAG.boolean, [[0xff]]);
}

/** @internal */
export function nullValue(): Uint8Array {
  return encodeValue(TAG.null, []);
}

/**
 * A non-negative INTEGER from its magnitude in network order, or from a number up to 2^31 - 1. Leading zeros go, and one comes
 * back where the first bit would read as a sign (X.690, 8.3).
 *
 * @internal
 */
export function integer(value: number | Uint8Array): Uint8Array {
  const magnitude =
    typeof value === 'number'
      ? [(value >> 24) & 0xff, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff]
      : value;
  return encodeValue(TAG.integer, [integerOctets(magnitude)]);
}

/**
 * The content octets of a non-negative INTEGER.
 *
 * @internal
 */
export function integerOctets(magnitude: Octets): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1;
  const sign = magnitude.length === 0 || (magnitude[start] ?? 0) > 0x7f ? 1 : 0;
  const octets = new Uint8Array(sign + magnitude.length - start);
  for (let index = sign; index < octets.length; index += 1)
    octets[index] = magnitude[start + index - sign] ?? 0;
  return octets;
}

/**
 * An ENUMERATED from a number up to 127.
 *
 * @internal
 */
export function enumerated(value: number): Uint8Array {
  return encodeValue(TAG.enumerated, [[value]]);
}

/** @internal */
export function bitString(bits: Octets, unusedBits = 0): Uint8Array {
  return encodeValue(TAG.bitString, [[unusedBits], bits]);
}

/** @internal */
export function octetString(content: Octets): Uint8Array {
  return encodeValue(TAG.octetString, [content]);
}

/**
 * @param dotted - as in `2.5.29.15`
 * @internal
 */
export function objectIdentifier(dotted: string): Uint8Array {
  const known = IDENTIFIERS.get(dotted) ?? encodeIdentifier(dotted);
  IDENTIFIERS.set(dotted, known);
  return known;
}

/** @internal */
export function printableString(ascii: string): Uint8Array {
  return encodeValue(TAG.printableString, [asciiOctets(ascii)]);
}

/** @internal */
export function utf8String(utf8: Octets): Uint8Array {
  return encodeValue(TAG.utf8String, [utf8]);
}

/** @internal */
export function utcTime(ascii: string): Uint8Array {
  return encodeValue(TAG.utcTime, [asciiOctets(ascii)]);
}

/** @internal */
export function generalizedTime(ascii: string): Uint8Array {
  return encodeValue(TAG.generalizedTime, [asciiOctets(ascii)]);
}

/**
 * `[tag] EXPLICIT`, or `[tag] IMPLICIT` of a constructed type.
 *
 * @internal
 */
export function contextConstructed(tag: number, ...members: readonly Octets[]): Uint8Array {
  return encodeValue(CONTEXT_CONSTRUCTED | tag, members);
}

/**
 * `[tag] IMPLICIT` of a primitive type.
 *
 * @internal
 */
export function contextPrimitive(tag: number, content: Octets): Uint8Array {
  return encodeValue(CONTEXT_PRIMITIVE | tag, [content]);
}

/**
 * The octets of a text that holds ASCII alone.
 *
 * @internal
 */
export function asciiOctets(ascii: string): Uint8Array {
  const octets = new Uint8Array(ascii.length);
  for (let index = 0; index < ascii.length; index += 1) octets[index] = ascii.charCodeAt(index);
  return octets;
}

/** Identifier, length in its shortest form (X.690, 10.1), contents. */
function encodeValue(identifier: number, contents: readonly Octets[]): Uint8Array {
  let length = 0;
  for (const content of contents) length += content.length;
  let lengthOctets = 0;
  if (length > 0x7f) for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthOctets += 1;
  const encoded = new Uint8Array(2 + lengthOctets + length);
  encoded[0] = identifier;
  encoded[1] = lengthOctets === 0 ? length : 0x80 | lengthOctets;
  for (let index = 1 + lengthOctets, rest = length; index > 1; index -= 1, rest = Math.floor(rest / 256))
    encoded[index] = rest & 0xff;
  let position = 2 + lengthOctets;
  for (const content of contents) {
    encoded.set(content, position);
    position += content.length;
  }
  return encoded;
}

function encodeIdentifier(dotted: string): Uint8Array {
  const arcs = dotted.split('.').map(Number);
  const [first = 0, second = 0] = arcs;
  // The first two arcs share a subidentifier (X.690, 8.19.4).
  const octets = base128(first * 40 + second);
  for (let index = 2; index < arcs.length; index += 1) octets.push(...base128(arcs[index] ?? 0));
  return encodeValue(TAG.objectIdentifier, [octets]);
}

function base128(arc: number): number[] {
  const octets = [arc & 0x7f];
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) octets.unshift(0x80 | (rest & 0x7f));
  return octets;
}
