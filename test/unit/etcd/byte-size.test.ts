import { describe, expect, it } from 'vitest';
import { parseByteSize } from '../../../src/etcd/byte-size.js';

describe('parseByteSize', () => {
  it.each([
    ['6GiB', 6_442_450_944n],
    ['6Gi', 6_442_450_944n],
    ['6 GiB', 6_442_450_944n],
    ['1.5MiB', 1_572_864n],
    ['32MiB', 33_554_432n],
    ['500MB', 500_000_000n],
    ['1kB', 1_000n],
    ['1KB', 1_000n],
    ['8TiB', 8_796_093_022_208n],
    ['17B', 17n],
  ])('reads %s', (text, expected) => {
    expect(parseByteSize(text)).toBe(expected);
  });

  it.each([
    '',
    '6',
    '6G',
    '6M',
    '6k',
    '-6GiB',
    '6gib',
    '6GB ',
    'GiB',
    '0.3B',
    '1,5GiB',
    '6constructor',
    '6XiB',
  ])('refuses %j', (text) => {
    expect(parseByteSize(text)).toBeUndefined();
  });
});
