import { encodeSignatureAlgorithm } from './algorithm-identifier.js';
import { encodeAuthorityKeyIdentifier } from './authority-key-identifier.js';
import { contextConstructed, enumerated, integer, integerOctets, sequence } from './der.js';
import { encodeName, type Name } from './distinguished-name.js';
import { encodeExtension } from './extension.js';
import type { SignatureAlgorithm } from './key-algorithm.js';
import { OID } from './object-identifiers.js';
import { encodeTime, type UnixTime } from './time.js';

/**
 * Why a certificate is revoked, and the number that RFC 5280 (5.3.1) gives it. Left out are `unspecified`, in whose place no reason
 * is to be given, and `removeFromCRL`, which belongs into delta lists.
 */
const REASON_CODES = {
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

/**
 * Why a certificate is revoked, under RFC 5280's own names (5.3.1).
 *
 * @internal
 */
export type CrlReason = keyof typeof REASON_CODES;

/** @internal */
export interface RevokedEntry {
  /** Magnitude in network order; leading zeros do not count. */
  readonly serialNumber: Uint8Array;
  readonly revocationDate: UnixTime;
  /** Absent: none is given. */
  readonly reason?: CrlReason;
}

/**
 * The contents of a complete list of revoked certificates, a CRL of version 2 (RFC 5280, 5.1).
 *
 * @internal
 */
export interface CertificateListContents {
  /** What the issuer signs with. */
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly issuer: Name;
  readonly thisUpdate: UnixTime;
  /** When the next list is out at the latest, which RFC 5280 (5.1.2.5) asks for. */
  readonly nextUpdate: UnixTime;
  /** In any order, each serial number once. */
  readonly revokedCertificates: readonly RevokedEntry[];
  /** The issuer's subjectKeyIdentifier; absent where it has none. */
  readonly authorityKeyIdentifier?: Uint8Array;
  /** Higher than that of every earlier list of this issuer, up to 2^31 - 1. */
  readonly crlNumber: number;
}

const VERSION_2 = 1;
const EXTENSIONS_TAG = 0;

/**
 * TBSCertList: the octets that the issuer signs. Entries come by serial number, so that the same list has the same octets.
 *
 * @throws RangeError where a date cannot be stated, or a serial number is there twice
 * @internal
 */
export function encodeTbsCertList(contents: CertificateListContents): Uint8Array {
  return sequence(
    integer(VERSION_2),
    encodeSignatureAlgorithm(contents.signatureAlgorithm),
    encodeName(contents.issuer),
    encodeTime(contents.thisUpdate),
    encodeTime(contents.nextUpdate),
    ...encodeEntries(contents.revokedCertificates),
    contextConstructed(
      EXTENSIONS_TAG,
      sequence(
        ...encodeAuthorityKeyIdentifier(contents.authorityKeyIdentifier),
        encodeExtension(OID.crlNumber, 'non-critical', integer(contents.crlNumber)),
      ),
    ),
  );
}

/** Where nobody is revoked the list of entries must be absent (RFC 5280, 5.1.2.6). */
function encodeEntries(revoked: readonly RevokedEntry[]): Uint8Array[] {
  if (revoked.length === 0) return [];
  const entries = revoked
    .map((one) => ({ serial: integerOctets(one.serialNumber), der: encodeEntry(one) }))
    .sort((one, other) => compareIntegers(one.serial, other.serial));
  for (const [index, { serial }] of entries.entries()) {
    const before = entries[index - 1];
    if (before !== undefined && compareIntegers(before.serial, serial) === 0)
      throw new RangeError('a serial number is twice in a list of revoked certificates');
  }
  return [sequence(...entries.map(({ der }) => der))];
}

function encodeEntry({ serialNumber, revocationDate, reason }: RevokedEntry): Uint8Array {
  return sequence(integer(serialNumber), encodeTime(revocationDate), ...encodeReason(reason));
}

/** An entry's extensions are left out where there is none: X.509 wants at least one in them, and RFC 5280 never a critical reason. */
function encodeReason(reason: CrlReason | undefined): Uint8Array[] {
  if (reason === undefined) return [];
  return [sequence(encodeExtension(OID.reasonCode, 'non-critical', enumerated(REASON_CODES[reason])))];
}

/**
 * @param one - content octets of a non-negative INTEGER in DER, of which the longer is the greater
 * @returns less than 0, 0, or more than 0
 */
function compareIntegers(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) return one.length - other.length;
  const at = one.findIndex((octet, index) => octet !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
