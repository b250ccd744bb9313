import type { VerifyCrypto } from '../../crypto/verify-crypto.js';
import { decodeBase64Url } from '../../text/base64url.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import { leftPad } from '../../text/octets.js';
import { integer, objectIdentifier, octetString, sequence } from '../der.js';
import { readAlgorithm } from './algorithm.js';
import type { ReadResult } from './certificate.js';
import {
  contextTag,
  DerFault,
  type DerReader,
  derReader,
  readBits,
  readNumber,
  readObjectIdentifier,
  TAG,
} from './der-reader.js';
import { CURVES, OID } from './oids.js';
import type { PemBlock } from './pem.js';
import { readRsaPrivateKey } from './rsa-private-key.js';

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

/** What the octets hold, before WebCrypto makes the public half of it. */
type FoundKey =
  | { readonly type: 'rsa'; readonly value: string; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: string; readonly oid: string; readonly secret: Uint8Array }
  | { readonly type: 'ed25519'; readonly seed: Uint8Array };

const MAX_BYTES = 16_384;
const FIELD_SIZES: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const ED25519_SEED = 32;
const FAILED = 'tls: failed to parse private key';

/**
 * Reads the key of a pair as Go's `tls.X509KeyPair` does: the first block whose type ends in PRIVATE KEY, as PKCS#1, PKCS#8 or SEC 1
 * whatever the type says, and nothing encrypted.
 *
 * @internal
 */
export async function readPrivateKey(
  crypto: VerifyCrypto,
  blocks: readonly PemBlock[],
): Promise<ReadResult<PrivateKeyView>> {
  const block = blocks.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'));
  if (block === undefined) return fault(noKey(blocks));
  if (block.bytes.length > MAX_BYTES) return fault(FAILED);
  const der = block.bytes;
  const forms: readonly (() => FoundKey)[] = [
    () => ({ type: 'rsa', ...readRsaPrivateKey(der) }),
    () => readPkcs8(der),
    () => readSec1(der, undefined),
  ];
  for (const read of forms) {
    try {
      return { type: 'ok', value: await viewOf(crypto, read()) };
    } catch {
      // Another form may fit; what does is no secret, and what does not is told in one sentence as Go has it.
    }
  }
  return fault(FAILED);
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

/** `x509.ParsePKCS8PrivateKey`: any version, and whatever stands behind the key. */
function readPkcs8(der: Uint8Array): FoundKey {
  const fields = derReader(der).enter(TAG.sequence, FAILED);
  readNumber(fields, FAILED);
  const { oid, parameters } = readAlgorithm(fields.enter(TAG.sequence, FAILED));
  const inner = fields.content(TAG.octetString, FAILED);
  switch (oid) {
    case OID.rsa:
      return { type: 'rsa', ...readRsaPrivateKey(inner) };
    case OID.ecPublicKey:
      return readSec1(inner, curveOf(parameters));
    case OID.ed25519: {
      const seed = derReader(inner).content(TAG.octetString, FAILED);
      if (parameters.length > 0 || seed.length !== ED25519_SEED) throw new DerFault(FAILED);
      return { type: 'ed25519', seed };
    }
    default:
      throw new DerFault(FAILED);
  }
}

/**
 * `x509.parseECPrivateKey`: version 1, the curve from outside or else from inside.
 *
 * @param outside - object identifier of the curve
 */
function readSec1(der: Uint8Array, outside: string | undefined): FoundKey {
  const fields = derReader(der).enter(TAG.sequence, FAILED);
  if (readNumber(fields, FAILED) !== 1) throw new DerFault(FAILED);
  const secret = fields.content(TAG.octetString, FAILED);
  const parameters = explicitMember(fields, 0);
  const inside = parameters?.peek(TAG.objectIdentifier) ? readObjectIdentifier(parameters, FAILED) : '';
  const point = explicitMember(fields, 1);
  if (point?.peek(TAG.bitString)) readBits(point, FAILED);
  const oid = outside ?? inside;
  const curve = Object.hasOwn(CURVES, oid) ? CURVES[oid] : undefined;
  if (curve === undefined) throw new DerFault(FAILED);
  return { type: 'ec', curve, oid, secret };
}

/** Undefined where the parameters name no curve, or a damaged one. */
function curveOf(parameters: Uint8Array): string | undefined {
  try {
    return readObjectIdentifier(derReader(parameters), FAILED);
  } catch {
    return undefined;
  }
}

function explicitMember(fields: DerReader, tag: number): DerReader | undefined {
  if (fields.isEmpty()) return undefined;
  // Whatever is last has to hold something (Go `encoding/asn1`, parseField: "explicit tag has no child").
  if (fields.left() <= 2) throw new DerFault(FAILED);
  const identifier = contextTag(tag, 'constructed');
  if (!fields.peek(identifier)) return undefined;
  const member = fields.enter(identifier, FAILED);
  if (member.isEmpty()) throw new DerFault(FAILED);
  return member;
}

function viewOf(crypto: VerifyCrypto, found: FoundKey): PrivateKeyView | Promise<PrivateKeyView> {
  switch (found.type) {
    case 'rsa':
      return found;
    case 'ec':
      return ecPoint(crypto, found.curve, found.oid, found.secret);
    case 'ed25519':
      return ed25519(crypto, found.seed);
  }
}

/** The point comes from the scalar alone: Go does not believe the one that may be written beside it. */
async function ecPoint(
  { subtle }: VerifyCrypto,
  curve: string,
  oid: string,
  secret: Uint8Array,
): Promise<PrivateKeyView> {
  const size = FIELD_SIZES[curve];
  if (size === undefined) return { type: 'unknown' };
  if (secret.subarray(0, -size).some((octet) => octet !== 0)) throw new DerFault(FAILED);
  const info = sequence(
    integer(0),
    sequence(objectIdentifier([1, 2, 840, 10045, 2, 1]), objectIdentifier(oid.split('.').map(Number))),
    octetString(sequence(integer(1), octetString(leftPad(secret.slice(-size), size)))),
  );
  const key = await subtle.importKey('pkcs8', info, { name: 'ECDSA', namedCurve: curve }, true, ['sign']);
  const jwk = await subtle.exportKey('jwk', key);
  const [x, y] = [coordinate(jwk, 'x', size), coordinate(jwk, 'y', size)];
  return { type: 'ec', curve, value: `04${x}${y}` };
}

/** Written anew, since WebCrypto is stricter about what stands around the seed than Go. */
async function ed25519({ subtle }: VerifyCrypto, seed: Uint8Array): Promise<PrivateKeyView> {
  const info = sequence(
    integer(0),
    sequence(objectIdentifier([1, 3, 101, 112])),
    octetString(octetString(seed)),
  );
  try {
    const key = await subtle.importKey('pkcs8', info, { name: 'Ed25519' }, true, ['sign']);
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
