import type { UnixTime } from '../../x509/time.js';

/**
 * What ends when: a certificate, or a revocation list.
 *
 * @public
 */
export type Ending = CertificateEnding | RevocationListEnding;

/**
 * How near an end is: `ended` where it is past, `due` where it is within the time that was asked for, `not-yet-valid` where a
 * certificate's first second is still to come.
 *
 * @public
 */
export type EndingState = 'ended' | 'due' | 'not-yet-valid' | 'later';

/**
 * A certificate, once for all files that hold it.
 *
 * @public
 */
export interface CertificateEnding {
  /** A CA's, or one that is presented. */
  readonly type: 'authority' | 'leaf';
  /**
   * What a leaf is for: the roles of a bundle (`server`, `peer`, `healthcheck-client`, …), `server`, `server-client`, `peer` and
   * `peer-client` where settings of etcd name it, `client` where a client's do, `kubeconfig`; otherwise what its extended key usage
   * allows. Empty for a CA.
   */
  readonly roles: readonly string[];
  /** RFC 4514 order: `CN=e1,O=etcd`. */
  readonly subject: string;
  /** RFC 4514 order, as the subject. */
  readonly issuer: string;
  /** Hexadecimal, lower case, whole octets. */
  readonly serialNumber: string;
  /** RFC 3339, UTC: its first second. */
  readonly notBefore: string;
  /** RFC 3339, UTC: its last second. */
  readonly notAfter: string;
  /** SHA-256 of the DER, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** How near the end is. */
  readonly state: EndingState;
  /** Whole days until the end, negative afterwards. */
  readonly daysLeft: number;
  /** The files that hold it. */
  readonly holders: readonly EndingHolder[];
}

/**
 * A certificate revocation list. etcd does not look at the time of its next update, and goes on with a list that is past it; other
 * programs do not.
 *
 * @public
 */
export interface RevocationListEnding {
  /** Tells it from a certificate. */
  readonly type: 'revocation-list';
  /** RFC 4514 order. */
  readonly issuer: string;
  /** RFC 3339, UTC: when it was made. */
  readonly thisUpdate: string;
  /** RFC 3339, UTC: when the next list is due; absent where the list does not say, and then it has no end. */
  readonly nextUpdate?: string;
  /** SHA-256 of the DER, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** Certificates that it revokes. */
  readonly revoked: number;
  /** How near the end is. */
  readonly state: EndingState;
  /** Whole days until the end, negative afterwards; absent where it has none. */
  readonly daysLeft?: number;
  /** The files that hold it. */
  readonly holders: readonly EndingHolder[];
}

/**
 * A file that holds a certificate or a revocation list.
 *
 * @public
 */
export interface EndingHolder {
  /** The host: the name of a member, a tarball or a folder; absent for a file that was given alone. */
  readonly host?: string;
  /** Absolute on the host; of a file that was given alone, the path that was given. */
  readonly path: string;
}

/**
 * Everything that ends, the first to end first.
 *
 * @public
 */
export interface ExpiryReport {
  /** RFC 3339, UTC: the moment that days are counted from. */
  readonly at: string;
  /** RFC 3339, UTC: what ends until then is due; absent where nothing was asked for. */
  readonly horizon?: string;
  /** Each certificate and list once. */
  readonly endings: readonly Ending[];
}

/**
 * How ends are judged.
 *
 * @public
 */
export interface ExpiryOptions {
  /** Moment that days are counted from, seconds since 1970. */
  readonly at: UnixTime;
  /** Seconds: what ends within them is due. Default: nothing is. */
  readonly within?: number;
}

/**
 * A certificate or a list as one file has it.
 *
 * @internal
 */
export interface Sighting {
  readonly item: SightedCertificate | SightedList;
  readonly holder: EndingHolder;
  readonly roles: readonly string[];
}

/** @internal */
export interface SightedCertificate
  extends Pick<CertificateEnding, 'type' | 'subject' | 'issuer' | 'serialNumber' | 'fingerprint'> {
  readonly notBefore: UnixTime;
  readonly notAfter: UnixTime;
}

/** @internal */
export interface SightedList
  extends Pick<RevocationListEnding, 'type' | 'issuer' | 'revoked' | 'fingerprint'> {
  readonly thisUpdate: UnixTime;
  readonly nextUpdate: UnixTime | undefined;
}

/**
 * Whether there is something to do: it has ended, or ends within the time that was asked for.
 *
 * @example
 * ```ts
 * const { endings } = await expiryOfPaths(['bundle'], { at: now, within: 30 * 86_400 });
 * endings.filter(isDue).length; // => 0
 * ```
 * @public
 */
export function isDue({ state }: Ending): boolean {
  return state === 'ended' || state === 'due';
}
