import type { PublicKeyInfo } from 'pkijs';
import { hexadecimal } from '../../text/hexadecimal.js';
import { OID, RSA_PSS } from '../../x509/read/oids.js';

/** RFC 5480, 2.1.1.1, under the document's names where it has one, otherwise under OpenSSL's. */
const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'ecdsa-p256',
  '1.3.132.0.34': 'ecdsa-p384',
  '1.3.132.0.35': 'secp521r1',
  '1.3.132.0.33': 'secp224r1',
  '1.3.132.0.10': 'secp256k1',
};
/** RFC 4055, 1.2; RFC 8410, 3; RFC 3279, 2.3.2 */
const OTHERS: Readonly<Record<string, string>> = {
  [RSA_PSS]: 'rsa-pss',
  [OID.ed25519]: 'ed25519',
  '1.3.101.113': 'ed448',
  '1.2.840.10040.4.1': 'dsa',
};

/**
 * Names the type of a public key by its encoding alone. Node must not look into the key: its asymmetricKeyDetails ends the whole
 * process where an elliptic curve key cannot be read, such as the point at infinity (Node 20, `crypto_ec.cc`, GetEcKeyDetail).
 *
 * @internal
 */
export function describeKey(
  { algorithm: { algorithmId, algorithmParams }, subjectPublicKey }: PublicKeyInfo,
  asn1js: typeof import('asn1js'),
): string {
  if (algorithmId === OID.rsa) return `rsa-${modulusBits(subjectPublicKey.valueBlock.valueHexView, asn1js)}`;
  if (algorithmId !== OID.ecPublicKey)
    return Object.hasOwn(OTHERS, algorithmId) ? (OTHERS[algorithmId] ?? algorithmId) : algorithmId;
  if (!(algorithmParams instanceof asn1js.ObjectIdentifier)) return 'ec';
  const curve = algorithmParams.valueBlock.toString();
  return Object.hasOwn(CURVES, curve) ? (CURVES[curve] ?? curve) : curve;
}

function modulusBits(rsaPublicKey: Uint8Array, asn1js: typeof import('asn1js')): number {
  const { result } = asn1js.fromBER(new Uint8Array(rsaPublicKey));
  const [modulus] = result instanceof asn1js.Sequence ? result.valueBlock.value : [];
  if (!(modulus instanceof asn1js.Integer)) throw new TypeError('an RSA key without a modulus');
  return BigInt(`0x0${hexadecimal(modulus.valueBlock.valueHexView)}`).toString(2).length;
}
