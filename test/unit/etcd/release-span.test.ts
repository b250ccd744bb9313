import { describe, expect, it } from 'vitest';
import { describeSpan, firstVersions, isInSpan } from '../../../src/etcd/release-span.js';
import { version } from './fixture.js';

describe('isInSpan', () => {
  it.each([
    ['3.4.24', false],
    ['3.4.25', true],
    ['3.4', true],
    ['3.5.7', false],
    ['3.5.8', true],
    ['3.6.0', true],
    ['3.7', false],
  ])('%s of some patches until 3.6', (text, expected) => {
    expect(isInSpan(version(text), { since: { '3.4': 25, '3.5': 8 }, until: '3.6' })).toBe(expected);
  });

  it.each(['3.4.0', '3.7.3'])('%s is in a span without bounds', (text) => {
    expect(isInSpan(version(text), {})).toBe(true);
  });

  it('has what was brought to a release before the next one came out', () => {
    const since = { '3.5': 32, '3.6': 13 };
    expect(['3.4', '3.5.31', '3.6.12', '3.7.0'].map((text) => isInSpan(version(text), { since }))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a span', () => {
  it('is said in words', () => {
    expect(describeSpan({ since: { '3.4': 25, '3.5': 8 } })).toBe(
      '3.4 (from 3.4.25), 3.5 (from 3.5.8), 3.6 and 3.7',
    );
    expect(describeSpan({ until: '3.4' })).toBe('3.4');
    expect(describeSpan({ since: '3.6' })).toBe('3.6 and 3.7');
  });

  it('is said together with others', () => {
    expect(describeSpan({ since: { '3.5': 15 } }, { since: { '3.5': 14 }, until: '3.5' })).toBe(
      '3.5 (from 3.5.14), 3.6 and 3.7',
    );
    expect(describeSpan()).toBe('no release');
  });

  it('has a first version in each release', () => {
    expect(firstVersions({ since: { '3.5': 11 } })).toEqual([
      { release: '3.5', patch: 11 },
      { release: '3.6' },
      { release: '3.7' },
    ]);
  });
});
