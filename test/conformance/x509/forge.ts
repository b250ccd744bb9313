import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  FALSE,
  integer,
  NULL,
  octetString,
  oid,
  type Part,
  pem,
  sequence,
  set,
  TRUE,
  text,
  tlv,
} from './bytes.js';

/** A certificate part by part, each as its own octets, so that any of them can be wrong (RFC 5280, 4.1). */
export interface CertificateParts {
  /** With its tag [0]; empty for version 1. */
  readonly version: Part;
  readonly serial: Part;
  readonly innerAlgorithm: Part;
  readonly issuer: Part;
  readonly validity: Part;
  readonly subject: Part;
  readonly publicKey: Part;
  /** Members of the SEQUENCE; undefined leaves it out, tag and all. */
  readonly extensions: readonly Part[] | undefined;
  readonly outerAlgorithm: Part;
  /** The to-be-signed SEQUENCE around its members. */
  readonly tbs: (members: Part) => Buffer;
  readonly signature: (signature: Buffer) => Part;
  readonly whole: (members: Part) => Buffer;
}

export interface Forged {
  readonly der: Buffer;
  readonly certificate: string;
  /** PEM of the subject's key, PKCS#8. */
  readonly key: string;
}

/** 2027-01-15T08:00:00Z, and a year around it. */
export const AT = 1_800_000_000;
export const VALIDITY: Buffer = sequence(text(0x17, '260715000000Z'), text(0x17, '270715000000Z'));

export const ECDSA_SHA256: Buffer = sequence(oid('1.2.840.10045.4.3.2'));
export const RSA_SHA256: Buffer = sequence(oid('1.2.840.113549.1.1.11'), NULL);
export const VERSION_3: Buffer = tlv(0xa0, integer(2));

export const authorityKey: KeyObject = ecKey();
export const leafKey: KeyObject = ecKey();

export function ecKey(namedCurve = 'P-256'): KeyObject {
  return generateKeyPairSync('ec', { namedCurve }).privateKey;
}

export function spki(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

export function name(...attributes: readonly Part[]): Buffer {
  return sequence(...attributes.map((attribute) => set(attribute)));
}

export function attribute(type: string, value: Part): Buffer {
  return sequence(oid(type), value);
}

export function commonName(value: string): Buffer {
  return attribute('2.5.4.3', text(0x0c, value));
}

export function extension(id: string, value: Part, critical?: Part): Buffer {
  return sequence(oid(id), critical ?? [], octetString(value));
}

export function dnsName(value: string, encoding: BufferEncoding = 'latin1'): Buffer {
  return text(0x82, value, encoding);
}

export function ipAddress(...octets: readonly number[]): Buffer {
  return tlv(0x87, Buffer.from(octets));
}

export function altNames(...names: readonly Part[]): Buffer {
  return extension('2.5.29.17', sequence(...names));
}

export const ADDRESS: Buffer = ipAddress(10, 0, 0, 1);
export const LOOPBACK: Buffer = ipAddress(127, 0, 0, 1);
export const LEAF_CONSTRAINTS: Buffer = extension('2.5.29.19', sequence(), TRUE);
export const LEAF_USAGE: Buffer = extension('2.5.29.15', bitString(Buffer.from([0x80]), 7), TRUE);
export const LEAF_PURPOSES: Buffer = extension(
  '2.5.29.37',
  sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')),
);
export const LEAF_NAMES: Buffer = altNames(dnsName('e1'), dnsName('localhost'), ADDRESS, LOOPBACK);
/** All but the names. */
export const LEAF_EXTENSIONS: readonly Buffer[] = [LEAF_USAGE, LEAF_PURPOSES, LEAF_CONSTRAINTS];
export const AUTHORITY_CONSTRAINTS: Buffer = extension('2.5.29.19', sequence(TRUE), TRUE);
/** keyCertSign, cRLSign */
export const AUTHORITY_USAGE: Buffer = extension('2.5.29.15', bitString(Buffer.from([0x06]), 1), TRUE);
export const NOT_CRITICAL: Buffer = FALSE;

export const AUTHORITY_NAME: Buffer = name(commonName('forged-ca'));

export function keyIdentifier(key: KeyObject): Buffer {
  return extension('2.5.29.14', octetString(createHash('sha1').update(spki(key)).digest()));
}

/** A leaf of {@link authority} with SANs for 10.0.0.1, sound but for what is given. */
export function forgeLeaf(parts: Partial<CertificateParts> = {}, key: KeyObject = leafKey): Forged {
  return forge(
    {
      subject: name(commonName('e1')),
      publicKey: spki(key),
      extensions: [...LEAF_EXTENSIONS, LEAF_NAMES],
      ...parts,
    },
    key,
    authorityKey,
  );
}

/** The authority of all leaves, sound but for what is given; signed by itself unless by another key. */
export function forgeAuthority(
  parts: Partial<CertificateParts> = {},
  key: KeyObject = authorityKey,
  signer: KeyObject = key,
): Forged {
  return forge(
    {
      subject: AUTHORITY_NAME,
      publicKey: spki(key),
      extensions: [AUTHORITY_USAGE, AUTHORITY_CONSTRAINTS, keyIdentifier(key)],
      ...parts,
    },
    key,
    signer,
  );
}

function forge(
  given: Partial<CertificateParts> & Pick<CertificateParts, 'subject' | 'publicKey' | 'extensions'>,
  key: KeyObject,
  signer: KeyObject,
): Forged {
  const algorithm = given.innerAlgorithm ?? (signer.asymmetricKeyType === 'ec' ? ECDSA_SHA256 : RSA_SHA256);
  const extensions = given.extensions === undefined ? [] : tlv(0xa3, sequence(...given.extensions));
  const tbs = (given.tbs ?? sequence)([
    given.version ?? VERSION_3,
    given.serial ?? integer(0x01, 0x02, 0x03),
    algorithm,
    given.issuer ?? AUTHORITY_NAME,
    given.validity ?? VALIDITY,
    given.subject,
    given.publicKey,
    extensions,
  ]);
  const signature = sign('sha256', tbs, signer);
  const der = (given.whole ?? sequence)([
    tbs,
    given.outerAlgorithm ?? algorithm,
    (given.signature ?? bitString)(signature),
  ]);
  return {
    der,
    certificate: pem('CERTIFICATE', der),
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
