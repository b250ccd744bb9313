import { hexadecimal } from '../../text/hexadecimal.js';
import { curveOfIdentifier } from '../named-curve.js';
import { OID } from '../object-identifiers.js';
import { type AlgorithmView, isNull, readAlgorithm } from './algorithm.js';
import type { PublicKeyView } from './certificate.js';
import { pointFault } from './curve-point.js';
import {
  DerFault,
  type DerReader,
  derReader,
  isNegative,
  readBits,
  readInteger,
  readObjectIdentifier,
  rightAligned,
  TAG,
} from './der-reader.js';

/**
 * Reads SubjectPublicKeyInfo as Go's `x509.parsePublicKey` does. Of a key that Go does not know it looks at the algorithm alone.
 *
 * @internal
 */
export function readPublicKey(reader: DerReader): PublicKeyView {
  const { whole, content } = reader.element(TAG.sequence, 'x509: malformed spki');
  const fields = derReader(content);
  const algorithm = readAlgorithm(
    fields.enter(TAG.sequence, 'x509: malformed public key algorithm identifier'),
  );
  const key = rightAligned(readBits(fields, 'x509: malformed subjectPublicKey'));
  const info = new Uint8Array(whole);
  switch (algorithm.oid) {
    case OID.rsaEncryption:
      return readRsa(algorithm, key, info);
    case OID.ecPublicKey:
      return readEc(algorithm, key, info);
    case OID.ed25519:
      refuseParameters(algorithm, 'Ed25519');
      if (key.length !== 32) throw new DerFault('x509: wrong Ed25519 public key size');
      return { type: 'ed25519', value: hexadecimal(key), info };
    case OID.x25519:
      refuseParameters(algorithm, 'X25519');
      if (key.length !== 32) throw new DerFault('crypto/ecdh: invalid public key');
      return { type: 'other', algorithm: algorithm.oid };
    case OID.dsa:
      readDsa(algorithm, key);
      return { type: 'other', algorithm: algorithm.oid };
    default:
      return { type: 'other', algorithm: algorithm.oid };
  }
}

/**
 * What two RSA keys have in common when they are the same: modulus and exponent, hexadecimal without leading zeros.
 *
 * @internal
 */
export function rsaValue(modulus: Uint8Array, exponent: Uint8Array): string {
  return [modulus, exponent].map((number) => hexadecimal(number).replace(/^(?:00)+/, '')).join(':');
}

/**
 * Bits of a number given as hexadecimal digits without leading zero octets.
 *
 * @internal
 */
export function bitLength(hex: string): number {
  const digits = hex.replace(/^0+/, '');
  return digits === ''
    ? 0
    : (digits.length - 1) * 4 + Number.parseInt(digits.slice(0, 1), 16).toString(2).length;
}

function readRsa({ parameters }: AlgorithmView, key: Uint8Array, info: Uint8Array): PublicKeyView {
  if (!isNull(parameters)) throw new DerFault('x509: RSA key missing NULL parameters');
  const numbers = derReader(key).enter(TAG.sequence, 'x509: invalid RSA public key');
  const modulus = readInteger(numbers, 'x509: invalid RSA modulus');
  const exponent = readInteger(numbers, 'x509: invalid RSA public exponent');
  if (exponent.length > 8) throw new DerFault('x509: invalid RSA public exponent');
  if (!isPositive(modulus)) throw new DerFault('x509: RSA modulus is not a positive number');
  if (!isPositive(exponent)) throw new DerFault('x509: RSA public exponent is not a positive number');
  return { type: 'rsa', bits: bitLength(hexadecimal(modulus)), value: rsaValue(modulus, exponent), info };
}

function readEc({ parameters }: AlgorithmView, key: Uint8Array, info: Uint8Array): PublicKeyView {
  const oid = readObjectIdentifier(derReader(parameters), 'x509: invalid ECDSA parameters');
  const curve = curveOfIdentifier(oid);
  if (curve === undefined) throw new DerFault('x509: unsupported elliptic curve');
  const wrong = pointFault(curve, key);
  if (wrong !== undefined) throw new DerFault(wrong);
  return { type: 'ec', curve, value: hexadecimal(key), info };
}

/** etcd cannot use DSA, but Go reads it before it says so. */
function readDsa({ parameters }: AlgorithmView, key: Uint8Array): void {
  const value = readInteger(derReader(key), 'x509: invalid DSA public key');
  const says = 'x509: invalid DSA parameters';
  const domain = derReader(parameters).enter(TAG.sequence, says);
  const numbers = [value, readInteger(domain, says), readInteger(domain, says), readInteger(domain, says)];
  if (!numbers.every(isPositive)) throw new DerFault('x509: zero or negative DSA parameter');
}

function refuseParameters({ parameters }: AlgorithmView, name: string): void {
  if (parameters.length > 0) throw new DerFault(`x509: ${name} key encoded with illegal parameters`);
}

function isPositive(octets: Uint8Array): boolean {
  return !isNegative(octets) && octets.some((octet) => octet !== 0);
}
