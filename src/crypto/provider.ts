import type { KeyAlgorithm, SignatureHash } from '../x509/key-algorithm.js';
import type { NamedCurve } from '../x509/named-curve.js';

/**
 * How a certificate was signed, in the words of the Web Cryptography API. ECDSA signatures are the DER Ecdsa-Sig-Value of RFC 3279;
 * RSA-PSS has one hash for everything and a salt of its length.
 *
 * @public
 */
export type SignatureScheme =
  | { readonly name: 'ECDSA'; readonly namedCurve: NamedCurve; readonly hash: SignatureHash }
  | { readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS'; readonly hash: SignatureHash }
  | { readonly name: 'Ed25519' };

/**
 * A key pair as bytes. The private key is in the algorithm's native encoding, as kubeadm writes it: ECPrivateKey with its curve
 * (RFC 5915) or RSAPrivateKey (RFC 8017, A.1.2); an Ed25519 key, which has none, in PrivateKeyInfo (RFC 8410, 7).
 *
 * @public
 */
export interface KeyPair {
  /** What the pair is, and so what it signs with. */
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo, DER (RFC 5280, 4.1.2.7) */
  readonly publicKey: Uint8Array;
  /** ECPrivateKey, RSAPrivateKey or PrivateKeyInfo, DER */
  readonly privateKey: Uint8Array;
}

/**
 * Signs bytes with one private key: SHA-256 with RSA and P-256, SHA-384 with P-384, SHA-512 with P-521. An ECDSA signature comes as the DER
 * Ecdsa-Sig-Value of RFC 3279, an RSA one as PKCS#1 v1.5, an Ed25519 one as the 64 octets of RFC 8032.
 *
 * @public
 */
export type Signer = (data: Uint8Array) => Promise<Uint8Array>;

/**
 * All that issuing and verifying need from the outside: keys, signatures, digests and randomness.
 *
 * @public
 */
export interface CryptoProvider {
  /** A new pair of this algorithm, its private key extractable. */
  readonly generateKeyPair: (algorithm: KeyAlgorithm) => Promise<KeyPair>;
  /** Reads the private key once, for any number of signatures. Rejects where it cannot be read. */
  readonly importSigner: (keyPair: KeyPair) => Promise<Signer>;
  /**
   * Whether a signature was made with the private half of a key. False too where the key, the scheme or the signature is nothing that
   * the implementation can read: all three may be anybody's.
   *
   * @param publicKey - SubjectPublicKeyInfo, DER
   */
  readonly verify: (
    scheme: SignatureScheme,
    publicKey: Uint8Array,
    signature: Uint8Array,
    data: Uint8Array,
  ) => Promise<boolean>;
  /**
   * The public half of a private key on a curve: the uncompressed point (SEC 1, 2.3.3), or the 32 octets of RFC 8032. Rejects where the
   * curve has no such key.
   *
   * @param secret - the scalar in network order and of the field's length, or the seed of RFC 8032
   * @returns undefined where the implementation does not know the curve
   */
  readonly publicKeyOf: (
    curve: NamedCurve | 'Ed25519',
    secret: Uint8Array,
  ) => Promise<Uint8Array | undefined>;
  /** 20 octets for SHA-1, 32 for SHA-256 */
  readonly digest: (hash: 'SHA-1' | 'SHA-256', data: Uint8Array) => Promise<Uint8Array>;
  /** Unpredictable octets: serial numbers and tokens are made of them. */
  readonly randomBytes: (length: number) => Uint8Array;
}
