import type { CryptoProvider } from '../crypto/provider.js';

const TOKEN_LENGTH = 20;
const TOKEN_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Draws an initial-cluster-token of 20 letters and digits.
 *
 * @internal
 */
export function drawToken({ randomBytes }: CryptoProvider): string {
  const limit = 256 - (256 % TOKEN_ALPHABET.length);
  let token = '';
  while (token.length < TOKEN_LENGTH) {
    for (const byte of randomBytes(TOKEN_LENGTH)) {
      // Bytes above the limit would make the first letters likelier.
      if (byte < limit && token.length < TOKEN_LENGTH)
        token += TOKEN_ALPHABET.charAt(byte % TOKEN_ALPHABET.length);
    }
  }
  return token;
}

/**
 * Draws a serial number of 128 random bits. etcd's revocation check compares serials alone, whoever issued them, so two
 * authorities must not meet by chance.
 *
 * @returns 16 octets, most significant first, not all zero (RFC 5280, 4.1.2.2)
 * @internal
 */
export function drawSerialNumber({ randomBytes }: CryptoProvider): Uint8Array {
  const serial = randomBytes(16);
  return serial.some((byte) => byte !== 0) ? serial : Uint8Array.of(1);
}
