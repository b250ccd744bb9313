import type { CryptoProvider } from '../crypto/provider.js';
import { hexadecimal } from '../text/hexadecimal.js';

const TOKEN_LENGTH = 20;
const SERIAL_OCTETS = 16;
/** Chance alone never needs more than a few. */
const MAX_DRAWS = 100;
const TOKEN_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Draws an initial-cluster-token of 20 letters and digits.
 *
 * @throws TypeError where randomness gives nothing that can be used
 * @internal
 */
export function drawToken({ randomBytes }: CryptoProvider): string {
  const limit = 256 - (256 % TOKEN_ALPHABET.length);
  let token = '';
  for (let draw = 0; token.length < TOKEN_LENGTH; draw += 1) {
    if (draw === MAX_DRAWS) throw new TypeError('randomBytes of the crypto provider is not random');
    for (const byte of randomBytes(TOKEN_LENGTH)) {
      // Bytes above the limit would make the first letters likelier.
      if (byte < limit && token.length < TOKEN_LENGTH)
        token += TOKEN_ALPHABET.charAt(byte % TOKEN_ALPHABET.length);
    }
  }
  return token;
}

/**
 * Gives serial numbers of 128 random bits. etcd's revocation check compares only serials, regardless of the issuer, so two
 * authorities must not meet by chance; and under one CA every number is another (RFC 5280, 4.1.2.2), also where randomness fails: a
 * number that was given before counts on.
 *
 * @returns a function that gives 16 octets, most significant first, not all zero, and throws a TypeError where too few are drawn
 * @internal
 */
export function serialNumbers({ randomBytes }: CryptoProvider): () => Uint8Array {
  const given = new Set<string>();
  return () => {
    let serial = Uint8Array.from(randomBytes(SERIAL_OCTETS));
    if (serial.length !== SERIAL_OCTETS)
      throw new TypeError('randomBytes of the crypto provider is too short');
    while (serial.every((octet) => octet === 0) || given.has(serial.join())) serial = next(serial);
    given.add(serial.join());
    return serial;
  };
}

/**
 * A serial number as OpenSSL and Node print it: octets as pairs of digits, without those that are zero in front.
 *
 * @internal
 */
export function formatSerialNumber(serial: Uint8Array): string {
  return hexadecimal(serial).replace(/^(?:00)+(?=.)/, '');
}

function next(serial: Uint8Array): Uint8Array<ArrayBuffer> {
  const following = Uint8Array.from(serial);
  for (let index = following.length - 1; index >= 0; index -= 1) {
    const octet = ((following[index] ?? 0) + 1) & 0xff;
    following[index] = octet;
    if (octet !== 0) break;
  }
  return following;
}
