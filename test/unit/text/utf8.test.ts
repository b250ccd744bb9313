import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8Octets } from '../../../src/text/utf8.js';

it('is what TextEncoder makes, unpaired surrogates included', () => {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(
      '\0',
      '\x7f',
      '\x80',
      '\u07ff',
      '\u0800',
      '\uffff',
      '\u{10000}',
      '\u{10ffff}',
      '\ud800',
      '\udfff',
    ),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
      const text = units.join('');
      expect(utf8Octets(text)).toEqual(new TextEncoder().encode(text));
    }),
    { numRuns: 1000 },
  );
});
