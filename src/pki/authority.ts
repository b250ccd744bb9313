import type { KeyPair } from '../crypto/provider.js';
import type { GeneralName } from '../x509/general-name.js';
import type { KeyUsage } from '../x509/key-usage.js';
import type { NameConstraints } from '../x509/name-constraints.js';
import type { UnixTime } from '../x509/time.js';

/**
 * An authority ready to sign: a new one, or one that the operator supplied.
 *
 * @public
 */
export interface Authority {
  /** PEM blocks, its own certificate first. */
  readonly certificate: string;
  readonly certificateDer: Uint8Array;
  /** Name, DER: what every certificate it signs repeats byte for byte as its issuer. */
  readonly subjectDer: Uint8Array;
  /** The same for people: `CN=etcd-ca`. */
  readonly subject: string;
  /** Itself, or the authority above it. */
  readonly issuer: string;
  readonly subjectKeyIdentifier: Uint8Array;
  readonly altNames: readonly GeneralName[];
  readonly keyUsage: readonly KeyUsage[];
  /** How many authorities may be below it; absent: any number. */
  readonly pathLength?: number;
  /** Names that it may sign for; absent: any. */
  readonly nameConstraints?: NameConstraints;
  readonly serialNumber: string;
  readonly notBefore: UnixTime;
  readonly notAfter: UnixTime;
  readonly keyPair: KeyPair;
}
