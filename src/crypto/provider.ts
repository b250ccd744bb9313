import type { KeyAlgorithm } from '../x509/key-algorithm.js';

/**
 * A key pair as bytes. The private key is in the algorithm's own encoding, as kubeadm writes it: ECPrivateKey with its curve
 * (RFC 5915) or RSAPrivateKey (RFC 8017, A.1.2).
 *
 * @public
 */
export interface KeyPair {
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo, DER (RFC 5280, 4.1.2.7) */
  readonly publicKey: Uint8Array;
  /** ECPrivateKey or RSAPrivateKey, DER */
  readonly privateKey: Uint8Array;
}

/**
 * Signs bytes with one private key: SHA-256 with RSA and P-256, SHA-384 with P-384. An ECDSA signature comes as the DER
 * Ecdsa-Sig-Value of RFC 3279, an RSA one as PKCS#1 v1.5.
 *
 * @public
 */
export type Signer = (data: Uint8Array) => Promise<Uint8Array>;

/**
 * All that issuing needs from the outside: keys, signatures, digests and randomness.
 *
 * @public
 */
export interface CryptoProvider {
  readonly generateKeyPair: (algorithm: KeyAlgorithm) => Promise<KeyPair>;
  /** Reads the private key once, for any number of signatures. Rejects where it cannot be read. */
  readonly importSigner: (keyPair: KeyPair) => Promise<Signer>;
  /** 20 octets for SHA-1, 32 for SHA-256 */
  readonly digest: (hash: 'SHA-1' | 'SHA-256', data: Uint8Array) => Promise<Uint8Array>;
  /** Unpredictable octets: serial numbers and tokens are made of them. */
  readonly randomBytes: (length: number) => Uint8Array;
}
