import type { CertificateProfile } from '../certificate-roles.js';
import type { KeyUsage } from '../x509/key-usage.js';

/**
 * What the tools that people know put into a CA and into a certificate that only dials.
 *
 * @internal
 */
export interface Profile {
  /** kubeadm gives its CA its own common name as a DNS SAN. */
  readonly commonNameAsAltName: boolean;
  readonly keyUsage: readonly KeyUsage[];
  readonly pathLength?: number;
  /** keyEncipherment counts with RSA keys alone. */
  readonly clientKeyUsage: readonly KeyUsage[];
}

/** @internal */
export const PROFILES: Readonly<Record<CertificateProfile, Profile>> = {
  strict: {
    commonNameAsAltName: false,
    keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
    pathLength: 0,
    // What consists with clientAuth alone (RFC 5280, 4.2.1.12).
    clientKeyUsage: ['digitalSignature'],
  },
  cfssl: {
    commonNameAsAltName: false,
    keyUsage: ['keyCertSign', 'cRLSign'],
    clientKeyUsage: ['digitalSignature'],
  },
  kubeadm: {
    commonNameAsAltName: true,
    keyUsage: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
    clientKeyUsage: ['digitalSignature', 'keyEncipherment'],
  },
};
