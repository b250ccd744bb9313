import { OID } from '../object-identifiers.js';
import {
  contextTag,
  DerFault,
  type DerReader,
  derReader,
  readNumber,
  readObjectIdentifier,
  TAG,
} from './der-reader.js';
import { HASHES, SIGNATURES, type SignatureScheme } from './signature-scheme.js';

/** @internal */
export interface AlgorithmView {
  readonly oid: string;
  /** The value after the identifier; empty if there is none. */
  readonly parameters: Uint8Array;
}

const NULL: readonly number[] = [0x05, 0x00];

/** @internal */
export function readAlgorithm(reader: DerReader): AlgorithmView {
  const oid = readObjectIdentifier(reader, 'x509: malformed OID');
  return {
    oid,
    parameters: reader.isEmpty() ? new Uint8Array() : reader.any('x509: malformed parameters').whole,
  };
}

/** @internal */
export function isNull(octets: Uint8Array): boolean {
  return octets.length === NULL.length && octets.every((octet, index) => octet === NULL[index]);
}

/**
 * What a signature is checked with (Go `crypto/x509`, getSignatureAlgorithmFromAI).
 *
 * @returns undefined for what Go does not know
 * @internal
 */
export function schemeOf({ oid, parameters }: AlgorithmView): SignatureScheme | undefined {
  if (oid === OID.rsaPss) return pssScheme(parameters);
  if (oid === OID.ed25519 && parameters.length > 0) return undefined;
  return Object.hasOwn(SIGNATURES, oid) ? SIGNATURES[oid] : undefined;
}

/** Go takes PSS only with one hash for everything and a salt of its length (RFC 4055, 3.1). */
function pssScheme(parameters: Uint8Array): SignatureScheme | undefined {
  const says = 'x509: malformed parameters';
  try {
    const fields = derReader(parameters).enter(TAG.sequence, says);
    const explicit = (number: number): DerReader => fields.enter(contextTag(number, 'constructed'), says);
    const digest = readAlgorithm(explicit(0).enter(TAG.sequence, says));
    const mask = readAlgorithm(explicit(1).enter(TAG.sequence, says));
    const maskDigest = readAlgorithm(derReader(mask.parameters).enter(TAG.sequence, says));
    const salt = readNumber(explicit(2), says);
    const trailer = fields.isEmpty() ? 1 : readNumber(explicit(3), says);
    const hash = Object.hasOwn(HASHES, digest.oid) ? HASHES[digest.oid] : undefined;
    const isPlain = [digest, maskDigest].every(
      (algorithm) => algorithm.parameters.length === 0 || isNull(algorithm.parameters),
    );
    const isSound = mask.oid === OID.mgf1 && maskDigest.oid === digest.oid && isPlain && trailer === 1;
    return hash !== undefined && isSound && salt === Number(hash.slice(4)) / 8
      ? { name: 'RSA-PSS', key: 'rsa', hash }
      : undefined;
  } catch (error) {
    if (error instanceof DerFault) return undefined;
    throw error;
  }
}
