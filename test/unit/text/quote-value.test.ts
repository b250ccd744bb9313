import { describe, expect, it } from 'vitest';
import { quoteValue } from '../../../src/text/quote-value.js';
import { isLong } from '../../support/long-tests.js';

describe('a value in a message', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    [[], 'an empty list'],
    [[1], 'a list'],
    [{}, 'a map'],
    [12n, '12'],
    ['e1', '"e1"'],
    ['e1\u202e', '"e1\\u{202e}"'],
    ['\u0435tcd', '"\u0435tcd" (\u0435 is U+0435)'],
    ['x'.repeat(100), `"${'x'.repeat(79)}…"`],
    ['-----BEGIN EC PRIVATE KEY-----\nAAAA', 'a private key'],
    ['-----BEGIN PRIVATE KEY', 'a private key'],
  ])('%o is written %s', (value, text) => {
    expect(quoteValue(value)).toBe(text);
  });

  it.each([
    ['https://root:s3cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['https://root:s3/cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['https://root:s3?cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['https://root:s3#cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['https://root:s3@cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['https://root:s3,cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['https://root:s3 cret@10.0.0.1:2379', '"https://…@10.0.0.1:2379"'],
    ['//root:s3cret@10.0.0.1', '"//…@10.0.0.1"'],
    ['https://a:s3cret@h1,https://b:cret@h2', '"https://…@h1,https://…@h2"'],
    ['https://a:s3cret@h1, https://b:cret@h2', '"https://…@h1, https://…@h2"'],
    ['https://h1:2379 https://b:cret@h2', '"https://h1:2379 https://…@h2"'],
    ['e1=https://a:s3cret@h1,e2=https://b:cret@h2', '"e1=https://…@h1,e2=https://…@h2"'],
    [`https://root:${'s3cret'.repeat(20)}@h`, '"https://…@h"'],
  ])('%s is shown without its password, as %s', (value, text) => {
    expect(quoteValue(value)).toBe(text);
  });

  it('keeps an "@" that ends no password', () => {
    expect(quoteValue('root@10.0.0.1')).toBe('"root@10.0.0.1"');
    expect(quoteValue('a@b https://10.0.0.1')).toBe('"a@b https://10.0.0.1"');
  });

  it('is found in long text of slashes, commas and no "@"', () => {
    for (const unit of ['/', ',', '@//', ',a', ' a='])
      expect(quoteValue(unit.repeat(isLong ? 1_000_000 : 100_000)).length).toBeLessThan(200);
  });
});
