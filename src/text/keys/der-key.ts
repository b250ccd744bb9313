/**
 * A structure in DER that holds a private key.
 *
 * @internal
 */
export interface DerKey {
  /** As its first length says, header included; what is there may be less. Infinite for BER's indefinite form. */
  readonly length: number;
  /** All of it is there, and its members fill it. */
  readonly isWhole: boolean;
}

interface Header {
  readonly tag: number;
  readonly body: number;
  readonly end: number;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const SHORTEST = 16;
const LONGEST = 0x10_0000;
/** Octets of the smallest and the largest secret number that a curve has (RFC 5915, 3). */
const SCALAR = { least: 14, most: 72 } as const;
/** Octets of the shortest modulus that anybody uses; a serial number or an ECDSA signature has no number as long. */
const MODULUS = 60;
/** More than an RSA key of several primes has; without a bound, many lengths that lie would cost their square. */
const MOST_MEMBERS = 32;
/** PKCS#5 (RFC 8018, appendix C) and the older schemes of PKCS#12 (RFC 7292, appendix C), by which keys are encrypted. */
const ENCRYPTIONS = [
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01],
] as const;
/** PKCS#7's content types (RFC 5652, 4), with which a PKCS#12 file begins. */
const CONTENT_TYPES = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07] as const;

/**
 * The private key that begins at an octet: PKCS#8, also encrypted (RFC 5958), PKCS#1 and its like for DSA (RFC 8017, A.1.2), SEC 1 (RFC
 * 5915), PKCS#12 (RFC 7292). What is cut off behind its first members is a key too.
 *
 * @internal
 */
export function derKeyAt(octets: Uint8Array, at: number): DerKey | undefined {
  const outer = headerAt(octets, at);
  if (outer?.tag !== SEQUENCE || outer.end - outer.body < SHORTEST) return undefined;
  const first = headerAt(octets, outer.body);
  if (first === undefined || first.end > outer.end || !isKeyBody(octets, outer, first)) return undefined;
  return { length: outer.end - at, isWhole: isFilled(octets, outer) };
}

/**
 * How long the certificate, request, CRL, public key or PKCS#7 container is that begins at an octet.
 *
 * @returns undefined where none begins
 * @internal
 */
export function publicLengthAt(octets: Uint8Array, at: number): number | undefined {
  const outer = headerAt(octets, at);
  if (outer?.tag !== SEQUENCE || outer.end - outer.body < 2 * SHORTEST) return undefined;
  const first = headerAt(octets, outer.body);
  if (first === undefined || first.end > outer.end || derKeyAt(octets, at) !== undefined) return undefined;
  const isPublic =
    first.tag === SEQUENCE ||
    (first.tag === INTEGER && first.end - first.body >= MODULUS) ||
    (first.tag === OBJECT_IDENTIFIER && startsWith(octets, first, CONTENT_TYPES));
  return isPublic ? outer.end - at : undefined;
}

function isKeyBody(octets: Uint8Array, outer: Header, first: Header): boolean {
  if (first.tag === SEQUENCE) {
    const scheme = headerAt(octets, first.body);
    return (
      scheme?.tag === OBJECT_IDENTIFIER && ENCRYPTIONS.some((start) => startsWith(octets, scheme, start))
    );
  }
  if (first.tag !== INTEGER || first.end - first.body !== 1) return false;
  const second = headerAt(octets, first.end);
  if (second === undefined || second.end > outer.end) return false;
  const size = second.end - second.body;
  switch (octets[first.body]) {
    case 0:
      return isPrivateKeyInfo(octets, outer, second, 0) || (second.tag === INTEGER && size >= MODULUS);
    case 1:
      return (
        isPrivateKeyInfo(octets, outer, second, 1) ||
        (second.tag === OCTET_STRING && size >= SCALAR.least && size <= SCALAR.most) ||
        (second.tag === INTEGER && size >= MODULUS)
      );
    case 3: {
      const content = headerAt(octets, second.body);
      return (
        second.tag === SEQUENCE &&
        content?.tag === OBJECT_IDENTIFIER &&
        startsWith(octets, content, CONTENT_TYPES)
      );
    }
    default:
      return false;
  }
}

/** A CRL has version 1 and an algorithm as well, but its issuer behind them, where a key has an OCTET STRING; other words may be behind a cut. */
function isPrivateKeyInfo(octets: Uint8Array, outer: Header, algorithm: Header, version: 0 | 1): boolean {
  if (algorithm.tag !== SEQUENCE || octets[algorithm.body] !== OBJECT_IDENTIFIER) return false;
  if (version === 0) return true;
  const key = headerAt(octets, algorithm.end);
  return key?.tag === OCTET_STRING && key.end <= outer.end && key.end - key.body >= SCALAR.least;
}

function isFilled(octets: Uint8Array, { body, end }: Header): boolean {
  if (end > octets.length) return false;
  let at = body;
  for (let count = 0; at < end && count < MOST_MEMBERS; count += 1) at = headerAt(octets, at)?.end ?? end + 1;
  return at === end;
}

function startsWith(octets: Uint8Array, { body }: Header, start: readonly number[]): boolean {
  return start.every((octet, index) => octets[body + index] === octet);
}

/** Identifier and length (X.690, 8.1), up to lengths that a key may have. */
function headerAt(octets: Uint8Array, at: number): Header | undefined {
  const tag = octets[at];
  const length = octets[at + 1];
  if (tag === undefined || length === undefined) return undefined;
  if (length < 0x80) return { tag, body: at + 2, end: at + 2 + length };
  if (length === 0x80) return { tag, body: at + 2, end: Number.POSITIVE_INFINITY };
  const count = length & 0x7f;
  if (count > 3) return undefined;
  let size = 0;
  for (let index = 0; index < count; index += 1) size = size * 256 + (octets[at + 2 + index] ?? 0);
  return size > LONGEST ? undefined : { tag, body: at + 2 + count, end: at + 2 + count + size };
}
