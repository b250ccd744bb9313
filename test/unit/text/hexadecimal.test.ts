import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../../../src/text/base64.js';
import { hexadecimal } from '../../../src/text/hexadecimal.js';

/** Foreign keys may be as long as a file: more than fits into the arguments of one call. */
const LENGTHS = [0, 1, 2, 3, 4, 47, 48, 49, 255, 4095, 4097, 500_000];

describe.each(LENGTHS)('%d octets', (length) => {
  const octets = randomBytes(length);

  it('are two digits each', () => {
    expect(hexadecimal(octets)).toBe(octets.toString('hex'));
  });

  it('are the Base64 that others make of them', () => {
    expect(encodeBase64(octets)).toBe(octets.toString('base64'));
  });
});

it('hexadecimal has a digit for every half of an octet', () => {
  expect(hexadecimal(Uint8Array.from({ length: 16 }, (_, digit) => digit * 17))).toBe(
    '00112233445566778899aabbccddeeff',
  );
});
