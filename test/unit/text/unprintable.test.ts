import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeUnprintable, escapeUnprintableInJson } from '../../../src/text/unprintable.js';

const SEEN_BY_NOBODY = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

describe('what a terminal could act on', () => {
  it.each([
    ['a\u001b[2Jb', 'a\\u{1b}[2Jb'],
    ['line\nbreak', 'line\\u{a}break'],
    ['\u009b', '\\u{9b}'],
    ['evil\u202egnp', 'evil\\u{202e}gnp'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\u{e0001}', '\\u{e0001}'],
    ['\ud800', '\\u{d800}'],
    ['\uffff\ufdd0', '\\u{ffff}\\u{fdd0}'],
    ['plain, ü and 猫', 'plain, ü and 猫'],
  ])('%j is shown as %s', (text, shown) => {
    expect(escapeUnprintable(text)).toBe(shown);
  });

  it('stands as an escape in JSON, which means what it meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeUnprintableInJson(JSON.stringify([{ key: text }], undefined, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(SEEN_BY_NOBODY);
        expect(JSON.parse(json)).toEqual([{ key: text }]);
      }),
    );
    expect(escapeUnprintableInJson('"\u{e0001}\u202e"')).toBe('"\\udb40\\udc01\\u202e"');
  });
});
