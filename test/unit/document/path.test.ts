import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath } from '../../../src/document/path.js';

const key = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...'a-_.0[]"\\ ='), minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...'a\u001b\u0085\u200b\u202e\u2028\ufeff\u{e0001}'), minLength: 1 }),
  fc.nat(),
);

describe('a path', () => {
  it.each<[readonly (string | number)[], string]>([
    [[], ''],
    [['members'], 'members'],
    [['members', 0, 'address', 12], 'members[0].address[12]'],
    [['etcd', 'settings', 'quota-backend-bytes'], 'etcd.settings.quota-backend-bytes'],
    [['_a', 'B9'], '_a.B9'],
    [['etcd', 'settings', 'a b', 'c'], 'etcd.settings["a b"].c'],
    [['9a'], '["9a"]'],
    [['a', '-b'], 'a["-b"]'],
    [['a.b'], '["a.b"]'],
    [['a', '0'], 'a["0"]'],
    [['', 'a'], '[""].a'],
    [['a', '\u202e\u009b\u2028\u{e0001}'], 'a["\\u202e\\u009b\\u2028\\udb40\\udc01"]'],
    [['say "no"\\\n'], '["say \\"no\\"\\\\\\n"]'],
  ])('%j is written %s', (keys, text) => {
    expect(formatPath(keys)).toBe(text);
    expect(parsePath(text)).toEqual(keys);
  });

  it('comes back as the keys it was made of, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 6 }), (keys) => {
        expect(formatPath(keys)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(parsePath(formatPath(keys))).toEqual(keys);
      }),
      { numRuns: 2000 },
    );
  });
});
