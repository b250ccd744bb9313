import type { SignatureHash } from '../key-algorithm.js';
import { OID } from '../object-identifiers.js';

/**
 * How a signature is checked: WebCrypto's name and hash, or why Go refuses it (Go `crypto/x509`, signatureAlgorithmDetails).
 *
 * @internal
 */
export interface SignatureScheme {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519';
  readonly key: 'rsa' | 'ec' | 'ed25519';
  readonly hash?: SignatureHash;
  /** Go's name, where Go calls it insecure. */
  readonly insecure?: string;
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', key: 'rsa' } as const;
const ECDSA = { name: 'ECDSA', key: 'ec' } as const;

/** @internal */
export const SIGNATURES: Readonly<Record<string, SignatureScheme>> = {
  [OID.md2WithRSAEncryption]: { ...RSA, insecure: 'MD2-RSA' },
  [OID.md5WithRSAEncryption]: { ...RSA, insecure: 'MD5-RSA' },
  [OID.sha1WithRSAEncryption]: { ...RSA, insecure: 'SHA1-RSA' },
  [OID.sha1WithRSASignature]: { ...RSA, insecure: 'SHA1-RSA' },
  [OID.sha256WithRSAEncryption]: { ...RSA, hash: 'SHA-256' },
  [OID.sha384WithRSAEncryption]: { ...RSA, hash: 'SHA-384' },
  [OID.sha512WithRSAEncryption]: { ...RSA, hash: 'SHA-512' },
  [OID['ecdsa-with-SHA1']]: { ...ECDSA, insecure: 'ECDSA-SHA1' },
  [OID['ecdsa-with-SHA256']]: { ...ECDSA, hash: 'SHA-256' },
  [OID['ecdsa-with-SHA384']]: { ...ECDSA, hash: 'SHA-384' },
  [OID['ecdsa-with-SHA512']]: { ...ECDSA, hash: 'SHA-512' },
  [OID.ed25519]: { name: 'Ed25519', key: 'ed25519' },
};

/**
 * The hashes that parameters of RSASSA-PSS name (RFC 4055, 2.1).
 *
 * @internal
 */
export const HASHES: Readonly<Record<string, SignatureHash>> = {
  [OID.sha256]: 'SHA-256',
  [OID.sha384]: 'SHA-384',
  [OID.sha512]: 'SHA-512',
};
