import { objectIdentifier, sequence } from './der.js';
import { encodeExtension } from './extension.js';
import { OID } from './object-identifiers.js';

/**
 * Purposes of a certified key, under RFC 5280's own names (4.2.1.12). etcd asks for the first two.
 *
 * @public
 */
export type ExtendedKeyUsage =
  | 'serverAuth'
  | 'clientAuth'
  | 'codeSigning'
  | 'emailProtection'
  | 'timeStamping'
  | 'OCSPSigning';

const PURPOSES = [
  'serverAuth',
  'clientAuth',
  'codeSigning',
  'emailProtection',
  'timeStamping',
  'OCSPSigning',
  'anyExtendedKeyUsage',
] as const;

/**
 * The extKeyUsage extension, in the order given, non-critical as kubeadm's is.
 *
 * @returns no extension where no purpose is given: it holds at least one (SIZE (1..MAX))
 * @internal
 */
export function encodeExtendedKeyUsage(purposes: readonly ExtendedKeyUsage[]): Uint8Array[] {
  if (purposes.length === 0) return [];
  const identifiers = purposes.map((purpose) => objectIdentifier(OID[purpose]));
  return [encodeExtension(OID.extendedKeyUsage, 'non-critical', sequence(...identifiers))];
}

/**
 * A purpose by its name, `anyExtendedKeyUsage` included.
 *
 * @param identifier - dotted
 * @returns the identifier itself where the purpose is another
 * @internal
 */
export function purposeName(identifier: string): string {
  return PURPOSES.find((name) => OID[name] === identifier) ?? identifier;
}
