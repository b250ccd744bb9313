import { decodeBase64Url } from '../../crypto/base64url.js';
import { integer, objectIdentifier, octetString, sequence } from '../../x509/der.js';
import { hexadecimal } from '../../x509/hexadecimal.js';
import { leftPad } from '../../x509/octets.js';
import type { VerifyCrypto } from '../verify-crypto.js';
import type { ReadResult } from './certificate.js';
import { CURVES, OID } from './oids.js';
import type { PemBlock } from './pem.js';
import { bitLength } from './public-key.js';

/**
 * The public half of a private key; the private half is not kept.
 *
 * @internal
 */
export type PrivateKeyView =
  | { readonly type: 'rsa'; readonly value: string; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: string; readonly value: string }
  | { readonly type: 'ed25519'; readonly value: string }
  /** A kind of key that this machine's WebCrypto cannot look into. */
  | { readonly type: 'unknown' };

/** @internal */
export type PrivateKeyReader = (blocks: readonly PemBlock[]) => Promise<ReadResult<PrivateKeyView>>;

const MAX_BYTES = 16_384;
const FIELD_SIZES: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const FAILED = 'tls: failed to parse private key';

/**
 * Reads the key of a pair as Go's `tls.X509KeyPair` does: the first block whose type ends in PRIVATE KEY, as PKCS#1, PKCS#8 or SEC 1
 * whatever the type says, and nothing encrypted.
 *
 * @internal
 */
export async function privateKeyReader(crypto: VerifyCrypto): Promise<PrivateKeyReader> {
  const asn1js = await import('asn1js');

  /** Members of a SEQUENCE that fills the octets. */
  function members(der: Uint8Array): readonly unknown[] {
    const { offset, result } = asn1js.fromBER(der);
    return offset === der.length && result instanceof asn1js.Sequence ? result.valueBlock.value : [];
  }
  const octets = (node: unknown): Uint8Array | undefined =>
    node instanceof asn1js.OctetString || node instanceof asn1js.Integer
      ? new Uint8Array(node.valueBlock.valueHexView)
      : undefined;
  const number = (node: unknown): string | undefined =>
    node instanceof asn1js.Integer
      ? hexadecimal(node.valueBlock.valueHexView).replace(/^(?:00)+/, '')
      : undefined;
  const oidOf = (node: unknown): string =>
    node instanceof asn1js.ObjectIdentifier ? node.valueBlock.toString() : '';

  function readRsa(der: Uint8Array): PrivateKeyView | undefined {
    const [, modulus, exponent, privateExponent, prime1, prime2] = members(der).map(number);
    if (!modulus || !exponent || !privateExponent || !prime1 || !prime2) return undefined;
    if (bitLength(modulus) > 16_384) return undefined;
    const [n = 0n, e = 0n, d = 0n, p = 0n, q = 0n] = [modulus, exponent, privateExponent, prime1, prime2].map(
      (hex) => BigInt(`0x${hex}`),
    );
    // Go `crypto/rsa`, PrivateKey.Validate.
    const isConsistent =
      p > 1n && q > 1n && p * q === n && (d * e) % (p - 1n) === 1n && (d * e) % (q - 1n) === 1n;
    return isConsistent
      ? { type: 'rsa', value: `${modulus}:${exponent}`, bits: bitLength(modulus) }
      : undefined;
  }

  async function readEc(der: Uint8Array, outerCurve = ''): Promise<PrivateKeyView | undefined> {
    const [version, scalar, ...rest] = members(der);
    const parameters = rest.find(
      (node) => node instanceof asn1js.Constructed && node.idBlock.tagNumber === 0,
    );
    const inner = parameters instanceof asn1js.Constructed ? oidOf(parameters.valueBlock.value[0]) : '';
    const oid = outerCurve === '' ? inner : outerCurve;
    const secret = scalar instanceof asn1js.OctetString ? octets(scalar) : undefined;
    const curve = Object.hasOwn(CURVES, oid) ? CURVES[oid] : undefined;
    if (number(version) !== '01' || secret === undefined || curve === undefined) return undefined;
    return ecPoint(crypto, curve, oid, secret);
  }

  async function readPkcs8(der: Uint8Array): Promise<PrivateKeyView | undefined> {
    const [, algorithm, wrapped] = members(der);
    const inner = wrapped instanceof asn1js.OctetString ? octets(wrapped) : undefined;
    if (inner === undefined || !(algorithm instanceof asn1js.Sequence)) return undefined;
    const [oid, parameters] = algorithm.valueBlock.value;
    switch (oidOf(oid)) {
      case OID.rsa:
        return readRsa(inner);
      case OID.ecPublicKey:
        return readEc(inner, oidOf(parameters));
      case OID.ed25519:
        return ed25519(crypto, der);
      default:
        return undefined;
    }
  }

  return async (blocks) => {
    const block = blocks.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'));
    if (block === undefined) return fault(noKey(blocks));
    if (block.bytes.length > MAX_BYTES) return fault(FAILED);
    try {
      const der = block.bytes;
      const value = readRsa(der) ?? (await readPkcs8(der)) ?? (await readEc(der));
      return value === undefined ? fault(FAILED) : { type: 'ok', value };
    } catch {
      return fault(FAILED);
    }
  };
}

/**
 * Whether a block is an encrypted key: PKCS#8's own type, or the headers of RFC 1421.
 *
 * @internal
 */
export function isEncryptedKey({ type, headers }: PemBlock): boolean {
  return type === 'ENCRYPTED PRIVATE KEY' || (headers.get('Proc-Type') ?? '').includes('ENCRYPTED');
}

function noKey(blocks: readonly PemBlock[]): string {
  if (blocks.length === 0) return 'tls: failed to find any PEM data in key input';
  const types = blocks.map(({ type }) => type);
  if (types.length === 1 && types[0] === 'CERTIFICATE')
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

/** The point comes from the scalar alone: Go does not believe the one that may be written beside it. */
async function ecPoint(
  { subtle }: VerifyCrypto,
  curve: string,
  oid: string,
  secret: Uint8Array,
): Promise<PrivateKeyView | undefined> {
  const size = FIELD_SIZES[curve];
  if (size === undefined) return { type: 'unknown' };
  const scalar = secret.length > size ? secret.slice(secret.length - size) : leftPad(secret, size);
  if (secret.subarray(0, secret.length - size).some((octet) => octet !== 0)) return undefined;
  const info = sequence(
    integer(0),
    sequence(objectIdentifier([1, 2, 840, 10045, 2, 1]), objectIdentifier(oid.split('.').map(Number))),
    octetString(sequence(integer(1), octetString(scalar))),
  );
  const key = await subtle.importKey('pkcs8', info, { name: 'ECDSA', namedCurve: curve }, true, ['sign']);
  const jwk = await subtle.exportKey('jwk', key);
  const [x, y] = [coordinate(jwk, 'x', size), coordinate(jwk, 'y', size)];
  return { type: 'ec', curve, value: `04${x}${y}` };
}

async function ed25519({ subtle }: VerifyCrypto, der: Uint8Array): Promise<PrivateKeyView> {
  try {
    const key = await subtle.importKey('pkcs8', der, { name: 'Ed25519' }, true, ['sign']);
    return { type: 'ed25519', value: coordinate(await subtle.exportKey('jwk', key), 'x', 32) };
  } catch {
    return { type: 'unknown' };
  }
}

function coordinate(jwk: object, name: 'x' | 'y', size: number): string {
  const text: unknown = Reflect.get(jwk, name);
  const octets = typeof text === 'string' ? decodeBase64Url(text) : undefined;
  if (octets === undefined) throw new TypeError(`a JSON Web Key without "${name}"`);
  return hexadecimal(leftPad(octets, size));
}

function fault(says: string): { readonly type: 'fault'; readonly says: string } {
  return { type: 'fault', says };
}
