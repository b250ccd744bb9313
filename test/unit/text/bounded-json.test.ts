import { describe, expect, it } from 'vitest';
import { parseBoundedJson } from '../../../src/text/bounded-json.js';

describe('parseBoundedJson', () => {
  it.each([
    ['{"a": [1, "b,[{"], "c\\\\": "\\"]", "d": {}}'],
    ['"\\\\\\""'],
    ['[]'],
    ['1'],
    [`${'['.repeat(64)}${']'.repeat(64)}`],
  ])('parses %s as JSON.parse does', (text) => {
    expect(parseBoundedJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['nothing', ''],
    ['a string without its end', '["a\\"]'],
    ['a string that ends in a backslash', '"\\'],
    ['one bracket too many', '[]]'],
    ['what is nested too deep', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['too many values', `[${'1,'.repeat(4_000_000)}1]`],
    ['ten million brackets', '['.repeat(10_000_000)],
  ])('gives nothing for %s', (_, text) => {
    expect(parseBoundedJson(text)).toBeUndefined();
  });

  it('never gives a text to the parser that is too much for it', () => {
    const parse = JSON.parse;
    let longest = 0;
    JSON.parse = (text: string) => {
      longest = Math.max(longest, text.length);
      return parse(text);
    };
    try {
      parseBoundedJson('['.repeat(1_000));
      parseBoundedJson(`["${'\\"'.repeat(1_000)}`);
    } finally {
      JSON.parse = parse;
    }
    expect(longest).toBe(0);
  });
});
