import { describe, expect, it } from 'vitest';
import { globTest } from '../../../src/text/glob.js';
import { largest } from '../../../src/text/largest.js';
import { trimEnd } from '../../../src/text/trim-end.js';

describe('a pattern of glob(7)', () => {
  it.each([
    ['/etc/etcd/*.env', '/etc/etcd/a.env', true],
    ['/etc/etcd/*.env', '/etc/etcd/a/b.env', false],
    ['/etc/etcd/*.env', '/etc/etcd/.env', false],
    ['/etc/etcd/.*', '/etc/etcd/.env', true],
    ['/etc/etcd/?.env', '/etc/etcd/a.env', true],
    ['/etc/etcd/?.env', '/etc/etcd/ab.env', false],
    ['/etc/[a-e]tcd/e', '/etc/etcd/e', true],
    ['/etc/[!a-e]tcd/e', '/etc/etcd/e', false],
    ['/etc/[]e]tcd', '/etc/etcd', true],
    ['/etc/[etcd', '/etc/[etcd', true],
    ['/etc/\\*', '/etc/*', true],
    ['/etc/\\*', '/etc/a', false],
    ['/etc/a.b', '/etc/aXb', false],
    ['/etc/*a*b*', '/etc/xxaxxbxx', true],
    ['/etc/*a*b', '/etc/xxaxxbxx', false],
    ['*', 'a', true],
    ['', '', true],
  ])('%s on %s: %s', (pattern, path, isMatch) => {
    expect(globTest(pattern)(path)).toBe(isMatch);
  });

  it('with many stars is answered at once', () => {
    expect(globTest(`/${'*a'.repeat(2000)}b`)(`/${'a'.repeat(20_000)}`)).toBe(false);
    expect(globTest('a'.repeat(5000))('a'.repeat(5000))).toBe(false);
  });
});

describe('plain code where a pattern or a spread would not do', () => {
  it('takes characters from the end', () => {
    expect(trimEnd('/a///', '/')).toBe('/a');
    expect(trimEnd('///', '/')).toBe('');
    expect(trimEnd('a.:.', '.:')).toBe('a');
    expect(trimEnd(`a${'/'.repeat(1_000_000)}b`, '/')).toHaveLength(1_000_002);
  });

  it('finds the largest of many', () => {
    expect(largest([1, 3, 2])).toBe(3);
    expect(largest([], 7)).toBe(7);
    expect(largest(new Array(500_000).fill(1))).toBe(1);
  });
});
