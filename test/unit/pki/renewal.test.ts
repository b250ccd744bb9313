import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRenewal } from '../../../src/pki/renewal.js';

const DAY = 86_400;
const NOW = 1_800_000_000;
/** A year, of which so many seconds are left, under a CA that lasts. */
const leaf = (left: number, lasts = 365 * DAY, renewedUntil = NOW + lasts) => ({
  id: 'peer/e1',
  notBefore: NOW + left - lasts,
  notAfter: NOW + left,
  renewedUntil,
});
const verdict = (left: number, lasts?: number) =>
  judgeRenewal(leaf(left, lasts), { type: 'ending' }, NOW).type;

describe('a leaf is due', () => {
  it('within 30 days of its end, to the second', () => {
    expect(verdict(30 * DAY + 1)).toBe('lasting');
    expect(verdict(30 * DAY)).toBe('due');
    expect(verdict(-DAY)).toBe('due');
  });

  it('in the last third of what it lasts, where that is less', () => {
    expect(verdict(2 * DAY + 1, 6 * DAY)).toBe('lasting');
    expect(verdict(2 * DAY, 6 * DAY)).toBe('due');
    // A cron job that runs every day does not renew a leaf of a week every day.
    expect(verdict(7 * DAY, 7 * DAY)).toBe('lasting');
  });

  it('within the time that is asked for, whatever it lasts', () => {
    const within = (left: number, seconds: number) =>
      judgeRenewal(leaf(left, 6 * DAY), { type: 'ending', within: seconds }, NOW).type;
    expect(within(5 * DAY, 5 * DAY)).toBe('due');
    expect(within(5 * DAY, 5 * DAY - 1)).toBe('lasting');
    expect(within(1, 0)).toBe('lasting');
    expect(within(0, 0)).toBe('due');
  });

  it('where all are', () => {
    expect(judgeRenewal(leaf(300 * DAY), { type: 'all' }, NOW).type).toBe('due');
  });

  it('only where a new one would last longer: the end of its CA is not renewed every day', () => {
    const end = NOW + 10 * DAY;
    expect(judgeRenewal(leaf(10 * DAY, 365 * DAY, end), { type: 'ending' }, NOW).type).toBe('bounded');
    expect(judgeRenewal(leaf(10 * DAY, 365 * DAY, end + DAY), { type: 'ending' }, NOW).type).toBe('bounded');
    expect(judgeRenewal(leaf(10 * DAY, 365 * DAY, end + 2 * DAY), { type: 'ending' }, NOW).type).toBe('due');
    expect(judgeRenewal(leaf(-10 * DAY, 365 * DAY, NOW + 1), { type: 'ending' }, NOW).type).toBe('due');
    expect(judgeRenewal(leaf(10 * DAY, 365 * DAY, end), { type: 'all' }, NOW).type).toBe('due');
  });
});

it('is not due right after it was renewed, whatever it lasts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 100 * 365 * DAY }), (lasts) => {
      expect(verdict(lasts, lasts)).toBe('lasting');
    }),
  );
});
