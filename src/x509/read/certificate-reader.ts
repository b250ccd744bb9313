import { hexadecimal } from '../../text/hexadecimal.js';
import { readAlgorithm, schemeOf } from './algorithm.js';
import type { CertificateView, ReadResult } from './certificate.js';
import {
  contextTag,
  DerFault,
  type DerReader,
  derReader,
  isNegative,
  readBits,
  readInteger,
  readNumber,
  rightAligned,
  TAG,
} from './der-reader.js';
import { readExtensions } from './extensions.js';
import { latin1Text, readName } from './name.js';
import { readPublicKey } from './public-key.js';
import { readTime } from './time.js';

const VERSION: number = contextTag(0, 'constructed');
const EXTENSIONS: number = contextTag(3, 'constructed');

/**
 * Reads a certificate as Go's `x509.ParseCertificate` does, in its order and with its words, so that the first thing wrong is the one
 * that etcd names. A reader that takes BER, as asn1js does, would take what etcd refuses.
 *
 * @internal
 */
export function readCertificate(der: Uint8Array): ReadResult<CertificateView> {
  try {
    const reader = derReader(der);
    const { whole, content } = reader.element(TAG.sequence, 'x509: malformed certificate');
    const value = readParts(derReader(content), whole);
    return reader.isEmpty() ? { type: 'ok', value } : { type: 'fault', says: 'x509: trailing data' };
  } catch (error) {
    if (error instanceof DerFault) return { type: 'fault', says: error.says };
    throw error;
  }
}

function readParts(reader: DerReader, der: Uint8Array): CertificateView {
  const signed = reader.element(TAG.sequence, 'x509: malformed tbs certificate');
  const tbs = derReader(signed.content);
  const version = readVersion(tbs);
  const serial = readInteger(tbs, 'x509: malformed serial number');
  if (isNegative(serial)) throw new DerFault('x509: negative serial number');
  const inner = tbs.content(TAG.sequence, 'x509: malformed signature algorithm identifier');
  const outer = reader.content(TAG.sequence, 'x509: malformed algorithm identifier');
  if (latin1Text(inner) !== latin1Text(outer))
    throw new DerFault("x509: inner and outer signature algorithm identifiers don't match");
  const algorithm = readAlgorithm(derReader(inner));
  const issuer = readName(tbs, 'x509: malformed issuer');
  const validity = tbs.enter(TAG.sequence, 'x509: malformed validity');
  const [notBefore, notAfter] = [readTime(validity), readTime(validity)];
  // Go says "issuer" of both.
  const subject = readName(tbs, 'x509: malformed issuer');
  const publicKey = readPublicKey(tbs);
  if (version > 1) skipUniqueIdentifiers(tbs);
  const hasExtensions = version === 3 && tbs.peek(EXTENSIONS);
  const values = readExtensions(
    hasExtensions ? tbs.enter(EXTENSIONS, 'x509: malformed extensions') : undefined,
  );
  const signature = rightAligned(readBits(reader, 'x509: malformed signature'));
  return {
    id: latin1Text(der),
    der,
    signed: new Uint8Array(signed.whole),
    signature: new Uint8Array(signature),
    scheme: schemeOf(algorithm),
    version,
    subject: subject.text,
    issuer: issuer.text,
    commonName: subject.commonName,
    rawSubject: subject.raw,
    rawIssuer: issuer.raw,
    serialNumber: hexadecimal(serial).replace(/^0+(?=.)/, ''),
    notBefore,
    notAfter,
    publicKey,
    ...values,
  };
}

function readVersion(tbs: DerReader): number {
  const says = 'x509: malformed version';
  if (!tbs.peek(VERSION)) return 1;
  const explicit = tbs.enter(VERSION, says);
  const version = readNumber(explicit, says) + 1;
  if (!explicit.isEmpty() || version < 1) throw new DerFault(says);
  if (version > 3) throw new DerFault('x509: invalid version');
  return version;
}

function skipUniqueIdentifiers(tbs: DerReader): void {
  for (const [number, name] of [
    [1, 'issuerUniqueID'],
    [2, 'subjectUniqueID'],
  ] as const) {
    const tag = contextTag(number, 'primitive');
    if (tbs.peek(tag)) tbs.content(tag, `x509: malformed ${name}`);
  }
}
