import type { KeyPair, Signer } from '../crypto/provider.js';
import type { GeneralName } from '../x509/general-name.js';
import type { KeyUsage } from '../x509/key-usage.js';
import type { NameConstraints } from '../x509/name-constraints.js';
import type { UnixTime } from '../x509/time.js';
import type { AuthorityPlan } from './certificate-plan.js';
import type { IssuedAuthority } from './pki.js';
import { privateKeyPem } from './sign.js';

/**
 * An authority ready to sign: a new one, or one that the operator supplied.
 *
 * @public
 */
export interface Authority {
  /** PEM, its own certificate alone: what hosts trust. */
  readonly certificate: string;
  /**
   * PEM: what stands between its leaves and a root that others trust, itself first; behind every leaf. Absent where it is a root. The
   * root is not among them: a host that trusted it would let in all that it ever signed.
   */
  readonly chain?: string;
  /** The certificate that signs, DER. */
  readonly certificateDer: Uint8Array;
  /** Name, DER: what every certificate it signs repeats byte for byte as its issuer. */
  readonly subjectDer: Uint8Array;
  /** The same for people: `CN=etcd-ca`. */
  readonly subject: string;
  /** Itself, or the authority above it. */
  readonly issuer: string;
  /** Octets that leaves name it by (RFC 5280, 4.2.1.1); empty where it has none. */
  readonly subjectKeyIdentifier: Uint8Array;
  /** subjectAltName of its certificate; empty where it has none. */
  readonly altNames: readonly GeneralName[];
  /** Of its certificate; empty where it has none. */
  readonly keyUsage: readonly KeyUsage[];
  /** How many authorities may be below it; absent: any number. */
  readonly pathLength?: number;
  /** Names that it may sign for; absent: any. */
  readonly nameConstraints?: NameConstraints;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** The first second of its certificate. */
  readonly notBefore: UnixTime;
  /** The last second of its certificate: leaves end no later unless `beyondAuthority` says so. */
  readonly notAfter: UnixTime;
  /** The pair that signs. */
  readonly keyPair: KeyPair;
}

/** @internal */
export interface SigningAuthority {
  readonly authority: Authority;
  /** Whether it was there already. */
  readonly isGiven: boolean;
  readonly sign: Signer;
}

/**
 * An authority as a PKI holds it, with its plan brought to what it really is.
 *
 * @internal
 */
export function describeAuthority(
  plan: AuthorityPlan,
  authority: Authority,
  origin: IssuedAuthority['origin'],
): IssuedAuthority {
  const { altNames, keyUsage, keyPair, certificate, certificateDer, chain } = authority;
  const { subject, issuer, serialNumber, notBefore, notAfter } = authority;
  return {
    plan: { ...plan, altNames, keyUsage, key: keyPair.algorithm },
    origin,
    certificate,
    ...(chain === undefined ? {} : { chain }),
    certificateDer,
    publicKey: keyPair.publicKey,
    privateKey: privateKeyPem(keyPair),
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
  };
}
