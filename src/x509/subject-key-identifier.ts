import { octetString } from './der.js';
import { encodeExtension } from './extension.js';
import { OID } from './object-identifiers.js';
import { subjectPublicKeyBits } from './subject-public-key-info.js';

/**
 * A name for a public key: the leftmost 160 bits of the SHA-256 of its BIT STRING's value (RFC 7093, 2, method 1), as Go does
 * since 1.25. RFC 5280's own first method is SHA-1, which FIPS modules refuse.
 *
 * @param subjectPublicKeyInfo - DER
 * @param digest - a provider's own
 * @returns 20 octets
 * @internal
 */
export async function deriveKeyIdentifier(
  subjectPublicKeyInfo: Uint8Array,
  digest: (hash: 'SHA-256', data: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  return (await digest('SHA-256', subjectPublicKeyBits(subjectPublicKeyInfo))).slice(0, 20);
}

/**
 * The subjectKeyIdentifier extension (RFC 5280, 4.2.1.2), never critical.
 *
 * @returns no extension where no identifier is given
 * @internal
 */
export function encodeSubjectKeyIdentifier(identifier: Uint8Array | undefined): Uint8Array[] {
  return identifier === undefined
    ? []
    : [encodeExtension(OID.subjectKeyIdentifier, 'non-critical', octetString(identifier))];
}
