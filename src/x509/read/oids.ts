import type { SignatureHash } from '../key-algorithm.js';

/** Object identifiers as text, the ones that reading needs. */
export const OID = {
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  extendedKeyUsage: '2.5.29.37',
  subjectKeyIdentifier: '2.5.29.14',
  authorityKeyIdentifier: '2.5.29.35',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  inhibitAnyPolicy: '2.5.29.54',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  rsa: '1.2.840.113549.1.1.1',
  ecPublicKey: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
} as const;

/** RFC 4514, 3 and what OpenSSL prints besides. */
export const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** The curves that Go's crypto/x509 knows, by WebCrypto's name where it has one. */
export const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.3.132.0.33': 'P-224',
};

/** How a signature is checked: WebCrypto's name and hash, or why Go refuses it (Go `crypto/x509`, signatureAlgorithmDetails). */
export interface SignatureScheme {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519';
  readonly key: 'rsa' | 'ec' | 'ed25519';
  readonly hash?: SignatureHash;
  /** Go's name, where Go calls it insecure. */
  readonly insecure?: string;
}

export const SIGNATURES: Readonly<Record<string, SignatureScheme>> = {
  '1.2.840.113549.1.1.2': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', insecure: 'MD2-RSA' },
  '1.2.840.113549.1.1.4': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', insecure: 'MD5-RSA' },
  '1.2.840.113549.1.1.5': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', insecure: 'SHA1-RSA' },
  '1.3.14.3.2.29': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', insecure: 'SHA1-RSA' },
  '1.2.840.113549.1.1.11': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { name: 'RSASSA-PKCS1-v1_5', key: 'rsa', hash: 'SHA-512' },
  '1.2.840.10045.4.1': { name: 'ECDSA', key: 'ec', insecure: 'ECDSA-SHA1' },
  '1.2.840.10045.4.3.2': { name: 'ECDSA', key: 'ec', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { name: 'ECDSA', key: 'ec', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { name: 'ECDSA', key: 'ec', hash: 'SHA-512' },
  '1.3.101.112': { name: 'Ed25519', key: 'ed25519' },
};

/** RSASSA-PSS takes its hash from its parameters (RFC 4055). */
export const RSA_PSS = '1.2.840.113549.1.1.10';
export const HASHES: Readonly<Record<string, SignatureHash>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
