import { sequence } from './der.js';
import { encodeExtension } from './extension.js';
import { encodeGeneralName, type GeneralName } from './general-name.js';
import { OID } from './object-identifiers.js';

/**
 * The subjectAltName extension, in the order given; critical where the subject is empty (RFC 5280, 4.2.1.6).
 *
 * @returns no extension where no name is given: it holds at least one
 * @internal
 */
export function encodeSubjectAltName(
  names: readonly GeneralName[],
  criticality: 'critical' | 'non-critical',
): Uint8Array[] {
  if (names.length === 0) return [];
  return [encodeExtension(OID.subjectAltName, criticality, sequence(...names.map(encodeGeneralName)))];
}
