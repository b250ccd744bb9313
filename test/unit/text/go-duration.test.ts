import { describe, expect, it } from 'vitest';
import { parseNanoseconds } from '../../../src/text/go-duration.js';

/** Inputs and results of Go 1.26's time.ParseDuration. */
describe('parseNanoseconds', () => {
  it.each([
    ['0', 0n],
    ['+0', 0n],
    ['0s', 0n],
    ['1ns', 1n],
    ['1.5s', 1_500_000_000n],
    ['.5s', 500_000_000n],
    ['1.s', 1_000_000_000n],
    ['1h30m', 5_400_000_000_000n],
    // The least number of int64 has no counterpart above zero.
    ['-9223372036854775808ns', -(2n ** 63n)],
    ['30m1h', 5_400_000_000_000n],
    ['100ms', 100_000_000n],
    ['2us', 2_000n],
    ['2\u00b5s', 2_000n],
    ['2\u03bcs', 2_000n],
    ['-1.5h', -5_400_000_000_000n],
    ['0.3ns', 0n],
    ['2562047h47m16.854775807s', 2n ** 63n - 1n],
  ])('reads %s', (text, expected) => {
    expect(parseNanoseconds(text)).toBe(expected);
  });

  it.each([
    '',
    '5',
    '1d',
    '1h 30m',
    ' 1s',
    '1s ',
    's',
    '.',
    '.s',
    '1.2.3s',
    '--1s',
    '1S',
    '1e3s',
    '2562048h',
    '1h30',
    '9223372036854775808ns',
    '-9223372036854775809ns',
    '-',
  ])('refuses %j', (text) => {
    expect(parseNanoseconds(text)).toBeUndefined();
  });
});
