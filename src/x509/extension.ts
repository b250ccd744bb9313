import { booleanTrue, objectIdentifier, octetString, sequence } from './der.js';

/**
 * Extension (RFC 5280, 4.1): a certificate user that does not know a critical one must reject the certificate.
 *
 * @param identifier - of the extension, dotted
 * @param value - DER of the extension's own type
 * @internal
 */
export function encodeExtension(
  identifier: string,
  criticality: 'critical' | 'non-critical',
  value: Uint8Array,
): Uint8Array {
  const id = objectIdentifier(identifier);
  return criticality === 'critical'
    ? sequence(id, booleanTrue(), octetString(value))
    : sequence(id, octetString(value));
}
