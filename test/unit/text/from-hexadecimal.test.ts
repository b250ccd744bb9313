import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromHexadecimal } from '../../../src/text/from-hexadecimal.js';
import { hexadecimal } from '../../../src/text/hexadecimal.js';

it.each([
  ['', []],
  ['0', [0]],
  ['f', [15]],
  ['1ff', [1, 255]],
  ['00ff', [0, 255]],
])('%j', (digits, octets) => {
  expect([...fromHexadecimal(digits)]).toEqual(octets);
});

it('reads what hexadecimal writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      expect(fromHexadecimal(hexadecimal(octets))).toEqual(octets);
    }),
  );
});
