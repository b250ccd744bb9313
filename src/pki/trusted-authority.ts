import type { UnixTime } from '../x509/time.js';

/**
 * A further CA whose clients members let in: its certificate, and what it says.
 *
 * @public
 */
export interface TrustedAuthority {
  /** PEM, this one certificate. */
  readonly certificate: string;
  /** RFC 4514 text: `CN=Example CA,O=Example`. */
  readonly subject: string;
  /** RFC 4514 text; its own subject where it is a root. */
  readonly issuer: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** `DNS:ca`; empty where it has none, as a rule. */
  readonly altNames: readonly string[];
  /** RFC 5280's names; empty where the extension is absent. */
  readonly keyUsage: readonly string[];
  /** RFC 5280's names, or an object identifier; empty where the extension is absent. */
  readonly extendedKeyUsage: readonly string[];
  /** `ecdsa-p256`, `rsa-2048`, `ed25519`. */
  readonly key: string;
  /** Its first second. */
  readonly notBefore: UnixTime;
  /** Its last second: from then on members refuse its clients. */
  readonly notAfter: UnixTime;
  /** SHA-256 of the DER, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal, lower case. */
  readonly publicKey: string;
}
