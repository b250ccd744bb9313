import { contextPrimitive, sequence } from './der.js';
import { encodeExtension } from './extension.js';
import { OID } from './object-identifiers.js';

const KEY_IDENTIFIER = 0;

/**
 * The authorityKeyIdentifier extension (RFC 5280, 4.2.1.1) with the keyIdentifier alone: the issuer's subjectKeyIdentifier.
 *
 * @returns no extension where no identifier is given
 * @internal
 */
export function encodeAuthorityKeyIdentifier(identifier: Uint8Array | undefined): Uint8Array[] {
  if (identifier === undefined) return [];
  return [
    encodeExtension(
      OID.authorityKeyIdentifier,
      'non-critical',
      sequence(contextPrimitive(KEY_IDENTIFIER, identifier)),
    ),
  ];
}
