import { expect, it } from 'vitest';
import { goQuote } from '../../../src/text/go-quote.js';

/** Octets, and what strconv.Quote of Go 1.26.8 makes of them. */
const ROWS: readonly (readonly [string, string])[] = [
  ['65312e6578616d706c652e6f7267', '"e1.example.org"'],
  ['6772c3bcc39f', '"grüß"'],
  ['e697a5e69cac', '"日本"'],
  ['f09f9880', '"😀"'],
  ['6122625c63', String.raw`"a\"b\\c"`],
  ['07080c0a0d090b', String.raw`"\a\b\f\n\r\t\v"`],
  ['001b7f', String.raw`"\x00\x1b\x7f"`],
  ['c280c2a0c2ad', String.raw`"\u0080\u00a0\u00ad"`],
  ['e280a8efbbbf', String.raw`"\u2028\ufeff"`],
  ['f3a08081', String.raw`"\U000e0001"`],
  ['ee8080', String.raw`"\ue000"`],
  ['c080', String.raw`"\xc0\x80"`],
  ['eda080', String.raw`"\xed\xa0\x80"`],
  ['f4908080', String.raw`"\xf4\x90\x80\x80"`],
  ['e282', String.raw`"\xe2\x82"`],
  ['c3', String.raw`"\xc3"`],
  ['fc', String.raw`"\xfc"`],
];

it.each(ROWS)('quotes %s as Go does: %s', (octets, quoted) => {
  expect(goQuote(Buffer.from(octets, 'hex').toString('latin1'))).toBe(quoted);
});
