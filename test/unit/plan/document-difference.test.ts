import { describe, expect, it } from 'vitest';
import { compareDocuments } from '../../../src/plan/document-difference.js';

describe('compareDocuments', () => {
  it.each([
    ['nothing', 'a: 1\nb: [1]\n', '{"a": 1, "b": [1]}', []],
    ['a value', 'a: {b: 1}', 'a: {b: 2}', ['a.b']],
    ['an entry of a list', 'a: [{b: 1}]', 'a: [{b: 1}, {b: 2}]', ['a[1].b']],
    ['what is new, then what is gone', 'a: {b: 1}', 'c: {d: {e: 1}}', ['c.d.e', 'a.b']],
    ['a map in the place of a value', 'a: 1', 'a: {b: 1}', ['a']],
    ['an empty map', 'a: 1', '{a: 1, b: {}}', ['b']],
    ['a whole number that no double holds', 'a: 18446744073709551615', 'a: 18446744073709551614', ['a']],
  ])('finds %s', (_, former, wanted, changed) => {
    expect(compareDocuments(former, wanted).changed).toEqual(changed);
  });

  it('tells what the former one has at a path', () => {
    const { formerAt, isChanged } = compareDocuments('a: [{"b c": 1}]', 'a: [{"b c": 1}]\nd: 2');
    expect(formerAt('a[0]["b c"]')).toBe(1);
    expect(formerAt('a[0].toString')).toBeUndefined();
    expect([isChanged('a'), isChanged('d'), isChanged('e.f')]).toEqual([false, true, false]);
  });
});
