import { integer, nullValue, objectIdentifier, octetString, sequence } from './der.js';
import { OID } from './object-identifiers.js';

/**
 * A private key under a passphrase, and what it takes besides the passphrase to open it.
 *
 * @internal
 */
export interface EncryptedPrivateKey {
  /** Of PBKDF2. */
  readonly salt: Uint8Array;
  /** Rounds of PBKDF2. */
  readonly iterations: number;
  /** One block of AES. */
  readonly iv: Uint8Array;
  /** PrivateKeyInfo under AES-256-CBC, padded (RFC 8018, 6.1.1). */
  readonly encrypted: Uint8Array;
}

/**
 * EncryptedPrivateKeyInfo (RFC 5208, 6) by PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC (RFC 8018, A.2, A.4, B.1.2 and B.2.5).
 *
 * @internal
 */
export function encodeEncryptedPrivateKeyInfo(key: EncryptedPrivateKey): Uint8Array {
  const { salt, iterations, iv, encrypted } = key;
  const keyDerivation = sequence(
    objectIdentifier(OID.pbkdf2),
    sequence(
      octetString(salt),
      integer(iterations),
      // The default is HMAC-SHA-1, so that this one is written, and with NULL.
      sequence(objectIdentifier(OID.hmacWithSHA256), nullValue()),
    ),
  );
  const encryption = sequence(objectIdentifier(OID['aes256-CBC-PAD']), octetString(iv));
  return sequence(
    sequence(objectIdentifier(OID.pbes2), sequence(keyDerivation, encryption)),
    octetString(encrypted),
  );
}
