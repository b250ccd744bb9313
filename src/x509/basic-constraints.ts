import { booleanTrue, integer, sequence } from './der.js';
import { encodeExtension } from './extension.js';
import { OID } from './object-identifiers.js';

/**
 * Whether the certified key may sign certificates, and how many intermediate CAs may follow (RFC 5280, 4.2.1.9).
 *
 * @internal
 */
export interface BasicConstraints {
  readonly ca: boolean;
  /** pathLenConstraint; absent means no limit. 0: this CA signs leaves only. */
  readonly pathLength?: number;
}

/**
 * The critical basicConstraints extension. Leaves carry it too, empty, as kubeadm's do: Go then knows that they are not a CA.
 *
 * @internal
 */
export function encodeBasicConstraints({ ca, pathLength }: BasicConstraints): Uint8Array {
  const members: Uint8Array[] = [];
  if (ca) members.push(booleanTrue());
  if (pathLength !== undefined) members.push(integer(pathLength));
  return encodeExtension(OID.basicConstraints, 'critical', sequence(...members));
}
