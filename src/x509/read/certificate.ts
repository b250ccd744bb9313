import type { KeyUsage } from '../key-usage.js';
import type { NameConstraints } from '../name-constraints.js';
import type { Curve } from '../named-curve.js';
import type { UnixTime } from '../time.js';
import type { UriName } from './alt-names.js';
import type { SignatureScheme } from './signature-scheme.js';

/**
 * The parts of a certificate that etcd looks at.
 *
 * @internal
 */
export interface CertificateView {
  /** Its DER, one character an octet: equal texts are equal certificates. */
  readonly id: string;
  readonly der: Uint8Array;
  /** Signed octets, tbsCertificate. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  /** Undefined for an algorithm that Go does not know. */
  readonly scheme: SignatureScheme | undefined;
  /** 1, 2 or 3 */
  readonly version: number;
  /** RFC 4514 */
  readonly subject: string;
  readonly issuer: string;
  /** The last one of the subject, as Go takes it; the empty string where there is none. */
  readonly commonName: string;
  /** DER of the names, one character an octet. */
  readonly rawSubject: string;
  readonly rawIssuer: string;
  /** Hexadecimal without leading zeros. */
  readonly serialNumber: string;
  readonly notBefore: UnixTime;
  readonly notAfter: UnixTime;
  readonly dnsNames: readonly string[];
  /** Canonical (RFC 5952). */
  readonly ipAddresses: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly UriName[];
  /** Value of the extension, subject alternative names in their own order; undefined where it is absent. */
  readonly altNames: Uint8Array | undefined;
  readonly publicKey: PublicKeyView;
  /** Names of RFC 5280, 4.2.1.3; undefined where the extension is absent. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** Object identifiers; undefined where the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength?: number } | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  /** Critical extensions that Go does not handle. */
  readonly unhandledCritical: readonly string[];
  readonly nameConstraints: NameConstraints | undefined;
  /** Certificate policies, in a form that can be compared; undefined where the extension is absent. */
  readonly policies: readonly string[] | undefined;
  /** Whether its policy constraints ask for a policy on every path through it. */
  readonly requiresPolicy: boolean;
}

/** @internal */
export type PublicKeyView =
  /** The value is comparable among keys of a type: two of the same are the same key. */
  | { readonly type: 'rsa'; readonly bits: number; readonly value: string; readonly info: Uint8Array }
  | { readonly type: 'ec'; readonly curve: Curve; readonly value: string; readonly info: Uint8Array }
  | { readonly type: 'ed25519'; readonly value: string; readonly info: Uint8Array }
  | { readonly type: 'other'; readonly algorithm: string };

/** @internal */
export type ReadResult<T> =
  | { readonly type: 'ok'; readonly value: T }
  | { readonly type: 'fault'; readonly says: string };
