import { describe, expect, it } from 'vitest';
import { etcdPatch, formatEtcdVersion, parseEtcdVersion } from '../../../src/etcd/version.js';
import { version } from './fixture.js';

describe('parseEtcdVersion', () => {
  it.each([
    ['3.6', { release: '3.6' }],
    ['3.6.16', { release: '3.6', patch: 16 }],
    ['3.7.0', { release: '3.7', patch: 0 }],
    ['v3.5.13', { release: '3.5', patch: 13 }],
  ])('reads %s', (text, expected) => {
    expect(parseEtcdVersion(text)).toEqual(expected);
  });

  it.each([
    '',
    '3',
    '3.3',
    '3.99',
    '4.0',
    '3.06',
    '3.6.',
    '3.6.01',
    '3.6.1.2',
    '3.6.0-rc.1',
    ' 3.6',
    '3.6x',
    '33.6',
    'V3.6',
  ])('refuses %j', (text) => {
    expect(parseEtcdVersion(text)).toBeUndefined();
  });
});

describe('a version', () => {
  it.each(['3.4', '3.4.45', '3.7.0'])('is written as it was read: %s', (text) => {
    expect(formatEtcdVersion(version(text))).toBe(text);
  });

  it('stands for the newest patch where it names none', () => {
    expect([etcdPatch(version('3.4')), etcdPatch(version('3.6.2'))]).toEqual([45, 2]);
  });
});
