import type { PublicKeyInfo } from 'pkijs';
import { hexadecimal } from '../../x509/hexadecimal.js';
import type { PublicKeyView, ReadResult } from './certificate.js';
import { CURVES, OID } from './oids.js';

type Pkijs = typeof import('pkijs');
type Asn1js = typeof import('asn1js');

/**
 * Reads a public key as Go's `x509.parsePublicKey` does.
 *
 * @internal
 */
export function publicKeyReader(
  pkijs: Pkijs,
  asn1js: Asn1js,
): (info: PublicKeyInfo) => ReadResult<PublicKeyView> {
  return (publicKeyInfo) => {
    const { algorithm, subjectPublicKey } = publicKeyInfo;
    const key = new Uint8Array(subjectPublicKey.valueBlock.valueHexView);
    const info = new Uint8Array(publicKeyInfo.toSchema().toBER());
    switch (algorithm.algorithmId) {
      case OID.rsa: {
        if (!(algorithm.algorithmParams instanceof asn1js.Null))
          return fault('x509: RSA key missing NULL parameters');
        const { modulus } = pkijs.RSAPublicKey.fromBER(key);
        const value = hexadecimal(modulus.valueBlock.valueHexView).replace(/^(?:00)+/, '');
        return ok({ type: 'rsa', bits: bitLength(value), value, info });
      }
      case OID.ecPublicKey: {
        const parameters = algorithm.algorithmParams;
        if (!(parameters instanceof asn1js.ObjectIdentifier)) return fault('x509: invalid ECDSA parameters');
        const oid = parameters.valueBlock.toString();
        const curve = Object.hasOwn(CURVES, oid) ? CURVES[oid] : undefined;
        if (curve === undefined) return fault('x509: unsupported elliptic curve');
        if (key[0] !== 4) return fault('x509: failed to unmarshal elliptic curve point');
        return ok({ type: 'ec', curve, value: hexadecimal(key), info });
      }
      case OID.ed25519:
        return key.length === 32
          ? ok({ type: 'ed25519', value: hexadecimal(key), info })
          : fault('x509: wrong Ed25519 public key size');
      default:
        return ok({ type: 'other', algorithm: algorithm.algorithmId });
    }
  };
}

/**
 * Bits of a number given as hexadecimal digits without leading zero octets.
 *
 * @internal
 */
export function bitLength(hex: string): number {
  const first = Number.parseInt(hex.slice(0, 1) || '0', 16);
  return first === 0
    ? Math.max(0, (hex.length - 1) * 4 - leadingZeros(hex.slice(1)))
    : (hex.length - 1) * 4 + first.toString(2).length;
}

function leadingZeros(hex: string): number {
  const first = Number.parseInt(hex.slice(0, 1) || '0', 16);
  return first === 0 ? 4 : 4 - first.toString(2).length;
}

function ok(value: PublicKeyView): ReadResult<PublicKeyView> {
  return { type: 'ok', value };
}

function fault(says: string): { readonly type: 'fault'; readonly says: string } {
  return { type: 'fault', says };
}
