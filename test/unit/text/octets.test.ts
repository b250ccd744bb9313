import { describe, expect, it } from 'vitest';
import { hexadecimal } from '../../../src/text/hexadecimal.js';
import { concatOctets, equalOctets, leftPad } from '../../../src/text/octets.js';

const of = (...octets: number[]): Uint8Array => Uint8Array.from(octets);

describe('equalOctets', () => {
  it.each([
    ['nothing', of(), of(), true],
    ['the same', of(1, 2, 3), of(1, 2, 3), true],
    ['another first one', of(9, 2, 3), of(1, 2, 3), false],
    ['another last one', of(1, 2, 9), of(1, 2, 3), false],
    ['the first more', of(1, 2, 3, 4), of(1, 2, 3), false],
    ['the second more', of(1, 2, 3), of(1, 2, 3, 4), false],
    ['nothing on one side', of(), of(0), false],
  ])('%s', (_, a, b, expected) => {
    expect(equalOctets(a, b)).toBe(expected);
  });
});

it('leftPad puts zeros in front, and cuts nothing', () => {
  expect(leftPad(of(1, 2), 4)).toEqual(of(0, 0, 1, 2));
  expect(leftPad(of(1, 2), 2)).toEqual(of(1, 2));
  expect(leftPad(of(1, 2, 3), 2)).toEqual(of(1, 2, 3));
});

it('concatOctets puts one behind the other', () => {
  expect(concatOctets(of(1), [], [2, 3], of(4))).toEqual(of(1, 2, 3, 4));
});

it('hexadecimal has two digits an octet, in lower case', () => {
  const octets = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  expect(hexadecimal(octets)).toBe(Buffer.from(octets).toString('hex'));
});
