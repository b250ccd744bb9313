import { hexadecimal } from '../../text/hexadecimal.js';
import { leftPad } from '../../text/octets.js';
import { CURVES, type Curve, curveOfIdentifier, isNamedCurve, type NamedCurve } from '../named-curve.js';
import { OID } from '../object-identifiers.js';
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
import type { PemBlock } from './pem.js';
import { readRsaPrivateKey } from './rsa-private-key.js';

/**
 * The public half of a private key; the private half is not kept.
 *
 * @internal
 */
export type PrivateKeyView =
  | { readonly type: 'rsa'; readonly value: string; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: Curve; readonly value: string }
  | { readonly type: 'ed25519'; readonly value: string }
  /** A kind of key whose public half is not to be had on this machine. */
  | { readonly type: 'unknown' };

/**
 * Makes the public half of a private key, as `publicKeyOf` of a crypto provider does.
 *
 * @internal
 */
export type PublicKeyOf = (
  curve: NamedCurve | 'Ed25519',
  secret: Uint8Array,
) => Promise<Uint8Array | undefined>;

/** What the octets hold, before the public half is made of it. */
type FoundKey =
  | { readonly type: 'rsa'; readonly value: string; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: Curve; readonly secret: Uint8Array }
  | { readonly type: 'ed25519'; readonly seed: Uint8Array };

const MAX_BYTES = 16_384;
const ED25519_SEED = 32;
const FAILED = 'tls: failed to parse private key';

/**
 * Reads the key of a pair as Go's `tls.X509KeyPair` does: the first block whose type ends in PRIVATE KEY, as PKCS#1, PKCS#8 or SEC
 * 1 regardless of the type, and nothing encrypted.
 *
 * @internal
 */
export async function readPrivateKey(
  publicKeyOf: PublicKeyOf,
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
      return { type: 'ok', value: await viewOf(publicKeyOf, read()) };
    } catch {
      // Another form may fit; if none does, one sentence reports it, as in Go.
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

/** `x509.ParsePKCS8PrivateKey`: any version, and anything after the key. */
function readPkcs8(der: Uint8Array): FoundKey {
  const fields = derReader(der).enter(TAG.sequence, FAILED);
  readNumber(fields, FAILED);
  const { oid, parameters } = readAlgorithm(fields.enter(TAG.sequence, FAILED));
  const inner = fields.content(TAG.octetString, FAILED);
  switch (oid) {
    case OID.rsaEncryption:
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
  const curve = curveOfIdentifier(oid);
  if (curve === undefined) throw new DerFault(FAILED);
  return { type: 'ec', curve, secret };
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
  // The last element has to be present (Go `encoding/asn1`, parseField: "explicit tag has no child").
  if (fields.left() <= 2) throw new DerFault(FAILED);
  const identifier = contextTag(tag, 'constructed');
  if (!fields.peek(identifier)) return undefined;
  const member = fields.enter(identifier, FAILED);
  if (member.isEmpty()) throw new DerFault(FAILED);
  return member;
}

async function viewOf(publicKeyOf: PublicKeyOf, found: FoundKey): Promise<PrivateKeyView> {
  switch (found.type) {
    case 'rsa':
      return found;
    case 'ec':
      return ecPoint(publicKeyOf, found.curve, found.secret);
    case 'ed25519': {
      const value = await publicKeyOf('Ed25519', found.seed);
      return value === undefined ? { type: 'unknown' } : { type: 'ed25519', value: hexadecimal(value) };
    }
  }
}

/** The point comes from the scalar alone: Go ignores the one that may be written beside it. */
async function ecPoint(publicKeyOf: PublicKeyOf, curve: Curve, secret: Uint8Array): Promise<PrivateKeyView> {
  if (!isNamedCurve(curve)) return { type: 'unknown' };
  const size = CURVES[curve].size;
  if (secret.subarray(0, -size).some((octet) => octet !== 0)) throw new DerFault(FAILED);
  const point = await publicKeyOf(curve, leftPad(secret.slice(-size), size));
  return point === undefined ? { type: 'unknown' } : { type: 'ec', curve, value: hexadecimal(point) };
}

function fault(says: string): { readonly type: 'fault'; readonly says: string } {
  return { type: 'fault', says };
}
