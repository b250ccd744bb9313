import { encodeSignatureAlgorithm } from './algorithm-identifier.js';
import { encodeAuthorityKeyIdentifier } from './authority-key-identifier.js';
import { type BasicConstraints, encodeBasicConstraints } from './basic-constraints.js';
import { contextConstructed, integer, sequence } from './der.js';
import { encodeName, isEmptyName, type Name } from './distinguished-name.js';
import { type ExtendedKeyUsage, encodeExtendedKeyUsage } from './extended-key-usage.js';
import type { GeneralName } from './general-name.js';
import type { SignatureAlgorithm } from './key-algorithm.js';
import { encodeKeyUsage, type KeyUsage } from './key-usage.js';
import { encodeSubjectAltName } from './subject-alt-name.js';
import { encodeSubjectKeyIdentifier } from './subject-key-identifier.js';
import { encodeTime, type UnixTime } from './time.js';

/**
 * From when to when a certificate is valid; both ends belong to it (RFC 5280, 4.1.2.5).
 *
 * @internal
 */
export interface Validity {
  readonly notBefore: UnixTime;
  readonly notAfter: UnixTime;
}

/**
 * The contents of a certificate of version 3 (RFC 5280, 4.1). A list that is empty and an identifier that is absent leave their
 * extension out; basicConstraints is always there.
 *
 * @internal
 */
export interface CertificateContents {
  /** Magnitude in network order; leading zeros do not count. */
  readonly serialNumber: Uint8Array;
  /** What the issuer signs with. */
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly issuer: Name;
  readonly validity: Validity;
  readonly subject: Name;
  /** DER */
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly keyUsage: readonly KeyUsage[];
  /** In the order of the certificate, as are the SANs. */
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[];
  readonly basicConstraints: BasicConstraints;
  readonly subjectKeyIdentifier?: Uint8Array;
  readonly authorityKeyIdentifier?: Uint8Array;
  readonly altNames: readonly GeneralName[];
}

const VERSION_3 = 2;
const VERSION_TAG = 0;
const EXTENSIONS_TAG = 3;

/**
 * TBSCertificate: the octets that the issuer signs. The extensions come in the order of Go's `crypto/x509`
 * (buildCertExtensions), so that a diff with kubeadm's certificates shows differences alone.
 *
 * @throws RangeError where a date cannot be stated; the lint names it first
 * @internal
 */
export function encodeTbsCertificate(contents: CertificateContents): Uint8Array {
  return sequence(
    contextConstructed(VERSION_TAG, integer(VERSION_3)),
    integer(contents.serialNumber),
    encodeSignatureAlgorithm(contents.signatureAlgorithm),
    encodeName(contents.issuer),
    sequence(encodeTime(contents.validity.notBefore), encodeTime(contents.validity.notAfter)),
    encodeName(contents.subject),
    contents.subjectPublicKeyInfo,
    contextConstructed(EXTENSIONS_TAG, sequence(...encodeExtensions(contents))),
  );
}

function encodeExtensions(contents: CertificateContents): Uint8Array[] {
  return [
    ...encodeKeyUsage(contents.keyUsage),
    ...encodeExtendedKeyUsage(contents.extendedKeyUsage),
    encodeBasicConstraints(contents.basicConstraints),
    ...encodeSubjectKeyIdentifier(contents.subjectKeyIdentifier),
    ...encodeAuthorityKeyIdentifier(contents.authorityKeyIdentifier),
    ...encodeSubjectAltName(contents.altNames, isEmptyName(contents.subject) ? 'critical' : 'non-critical'),
  ];
}
