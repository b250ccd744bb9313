import type { RevocationReason } from '../x509/revocation-reason.js';
import type { UnixTime } from '../x509/time.js';

/**
 * A certificate that counts no more, whoever has its key.
 *
 * @public
 */
export interface RevokedCertificate {
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** Seconds since the epoch. */
  readonly at: UnixTime;
  /** Why. */
  readonly reason: RevocationReason;
}

/**
 * What a CA has revoked, signed: a CRL (RFC 5280, 5).
 *
 * @public
 */
export interface RevocationList {
  /** DER, as etcd reads it. */
  readonly certificateList: Uint8Array;
  /** cRLNumber: each list of a CA has a larger one than the list before. */
  readonly number: number;
  /** Seconds since the epoch. */
  readonly thisUpdate: UnixTime;
  /** When the next one is due, in seconds since the epoch; etcd goes on with a list that is over. */
  readonly nextUpdate: UnixTime;
  /** In the order of the list. */
  readonly revoked: readonly RevokedCertificate[];
}

/**
 * What a list is to say, but for its times.
 *
 * @internal
 */
export type RevocationListPlan = Pick<RevocationList, 'number' | 'revoked'>;

/** @internal */
export const FIRST_LIST: RevocationListPlan = { number: 1, revoked: [] };
