import { hexadecimal } from '../../text/hexadecimal.js';
import {
  DerFault,
  type DerReader,
  derReader,
  isNegative,
  readInteger,
  readNumber,
  TAG,
} from './der-reader.js';
import { bitLength, rsaValue } from './public-key.js';

/**
 * The public half, comparable as that of a certificate's key.
 *
 * @internal
 */
export interface RsaPrivateKeyView {
  readonly value: string;
  readonly bits: number;
}

interface Numbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  /** Exponents and coefficient of the Chinese remainder theorem; undefined unless all three are there. */
  readonly crt: { readonly dP: bigint; readonly dQ: bigint; readonly qInv: bigint } | undefined;
  /** Of a key with more than two primes. */
  readonly more: readonly bigint[];
}

const MALFORMED = 'x509: failed to parse private key';
/** More than Go would verify a handshake with (`crypto/tls`, maxRSAKeySize), and as much as arithmetic takes no time for. */
const MAX_BITS = 16_384;
const MAX_EXPONENT = 2n ** 31n - 1n;

/**
 * Reads PKCS#1 as Go's `x509.ParsePKCS1PrivateKey` does, which wants version 0 or 1, nothing after the SEQUENCE, and consistent
 * numbers.
 *
 * @throws DerFault
 * @internal
 */
export function readRsaPrivateKey(der: Uint8Array): RsaPrivateKeyView {
  const outer = derReader(der);
  const fields = outer.enter(TAG.sequence, MALFORMED);
  if (!outer.isEmpty()) throw new DerFault('asn1: syntax error: trailing data');
  if (readNumber(fields, MALFORMED) > 1) throw new DerFault('x509: unsupported private key version');
  const modulus = readInteger(fields, MALFORMED);
  const exponent = readInteger(fields, MALFORMED);
  const bits = bitLength(hexadecimal(modulus));
  if (bits > MAX_BITS || exponent.length > 8) throw new DerFault(MALFORMED);
  const [n, e] = [positive(modulus), positive(exponent)];
  const [d, p, q] = [number(fields), number(fields), number(fields)];
  const [dP, dQ, qInv] = [optional(fields), optional(fields), optional(fields)];
  const crt = dP === undefined || dQ === undefined || qInv === undefined ? undefined : { dP, dQ, qInv };
  if (!isConsistent({ n, e, d, p, q, crt, more: morePrimes(fields) }, bits))
    throw new DerFault('crypto/rsa: invalid private key');
  return { value: rsaValue(modulus, exponent), bits };
}

/** OtherPrimeInfos (RFC 8017, A.1.2), of which Go takes the primes alone. */
function morePrimes(fields: DerReader): readonly bigint[] {
  if (!fields.peek(TAG.sequence)) return [];
  const list = fields.enter(TAG.sequence, MALFORMED);
  const primes: bigint[] = [];
  while (!list.isEmpty()) {
    const info = list.enter(TAG.sequence, MALFORMED);
    primes.push(number(info));
    readInteger(info, MALFORMED);
    readInteger(info, MALFORMED);
  }
  return primes;
}

/** Go `crypto/internal/fips140/rsa`, checkPrivateKey; with more than two primes Go checks little (`crypto/rsa`, precomputeLegacy). */
function isConsistent({ n, e, d, p, q, crt, more }: Numbers, bits: number): boolean {
  if (n % 2n === 0n || e < 2n || e % 2n === 0n || e > MAX_EXPONENT || d >= n) return false;
  if (more.length > 0) return areCoprime([p, q, ...more]);
  if (p <= 2n || q <= 2n || p * q !== n || (d * e) % (p - 1n) !== 1n || (d * e) % (q - 1n) !== 1n)
    return false;
  if (crt !== undefined && (crt.dP !== d % (p - 1n) || crt.dQ !== d % (q - 1n))) return false;
  if (crt !== undefined && (crt.qInv >= p || (crt.qInv * q) % p !== 1n)) return false;
  const distance = p > q ? p - q : q - p;
  return width(distance) > Math.floor(bits / 2) - 100 && width(d) > Math.floor(bits / 2);
}

function areCoprime(primes: readonly bigint[]): boolean {
  let product = 1n;
  for (const prime of primes) {
    if (prime <= 1n || divisor(prime, product % prime) !== 1n) return false;
    product *= prime;
  }
  return true;
}

/** The greatest common one (Euclid). */
function divisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function optional(fields: DerReader): bigint | undefined {
  return fields.peek(TAG.integer) ? number(fields) : undefined;
}

function number(fields: DerReader): bigint {
  return positive(readInteger(fields, MALFORMED));
}

function positive(octets: Uint8Array): bigint {
  const value = isNegative(octets) ? 0n : BigInt(`0x${hexadecimal(octets)}`);
  if (value === 0n) throw new DerFault('x509: private key contains zero or negative value');
  return value;
}

function width(value: bigint): number {
  return bitLength(value.toString(16));
}
