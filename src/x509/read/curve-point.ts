import { hexadecimal } from '../../text/hexadecimal.js';
import { CURVES, type Curve } from '../named-curve.js';

interface CurveEquation {
  /** Order of the field. */
  readonly p: bigint;
  /** y² = x³ - 3x + b */
  readonly b: bigint;
  /** What Go says of a coordinate beyond the field. */
  readonly element: string;
}

/** SEC 2 and FIPS 186-4, D.1.2. */
const EQUATIONS: Readonly<Record<Curve, CurveEquation>> = {
  'P-224': {
    p: 2n ** 224n - 2n ** 96n + 1n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    element: 'invalid P224Element encoding',
  },
  'P-256': {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    element: 'invalid P256 element encoding',
  },
  'P-384': {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    element: 'invalid P384Element encoding',
  },
  'P-521': {
    p: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    element: 'invalid P521Element encoding',
  },
};

/**
 * Checks that an uncompressed point is on its curve (Go `crypto/ecdsa`, ParseUncompressedPublicKey): otherwise a point of another
 * curve would pass as a key.
 *
 * @returns Go's words where it is none
 * @internal
 */
export function pointFault(curve: Curve, point: Uint8Array): string | undefined {
  const { size } = CURVES[curve];
  const { p, b, element } = EQUATIONS[curve];
  const name = curve.replace('-', '');
  if (point[0] !== 4) return 'ecdsa: invalid uncompressed public key';
  if (point.length !== 1 + 2 * size) return `invalid ${name} point encoding`;
  const x = BigInt(`0x${hexadecimal(point.subarray(1, 1 + size))}`);
  const y = BigInt(`0x${hexadecimal(point.subarray(1 + size))}`);
  if (x >= p || y >= p) return element;
  return (y * y - x * x * x + 3n * x - b) % p === 0n ? undefined : `${name} point not on curve`;
}
