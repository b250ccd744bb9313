import { objectIdentifier, sequence } from './der.js';
import { encodeExtension } from './extension.js';

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

const IDENTIFIER = [2, 5, 29, 37];

/** id-kp */
const PURPOSES: Readonly<Record<ExtendedKeyUsage, readonly number[]>> = {
  serverAuth: [1, 3, 6, 1, 5, 5, 7, 3, 1],
  clientAuth: [1, 3, 6, 1, 5, 5, 7, 3, 2],
  codeSigning: [1, 3, 6, 1, 5, 5, 7, 3, 3],
  emailProtection: [1, 3, 6, 1, 5, 5, 7, 3, 4],
  timeStamping: [1, 3, 6, 1, 5, 5, 7, 3, 8],
  OCSPSigning: [1, 3, 6, 1, 5, 5, 7, 3, 9],
};

/**
 * The extKeyUsage extension, in the order given, non-critical as kubeadm's is.
 *
 * @returns no extension where no purpose is given: it holds at least one (SIZE (1..MAX))
 * @internal
 */
export function encodeExtendedKeyUsage(purposes: readonly ExtendedKeyUsage[]): Uint8Array[] {
  if (purposes.length === 0) return [];
  const identifiers = purposes.map((purpose) => objectIdentifier(PURPOSES[purpose]));
  return [encodeExtension(IDENTIFIER, 'non-critical', sequence(...identifiers))];
}
