import { expect, it } from 'vitest';
import { octal } from '../../../src/text/octal.js';

it.each([
  [0o640, '0640'],
  [0, '0000'],
  [0o2710, '2710'],
  [0o100600, '0600'],
])('writes %i as %s', (mode, text) => {
  expect(octal(mode)).toBe(text);
});
