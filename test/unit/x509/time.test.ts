import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysSinceEpoch,
  encodeTime,
  formatTime,
  isCertificateTime,
  nearestTimeText,
  parseTime,
  timeOrSecondsText,
} from '../../../src/x509/time.js';

const EARLIEST = Date.UTC(1950, 0, 1) / 1000;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

function byDate(time: number): string {
  return new Date(time * 1000).toISOString().replace('.000', '');
}

function text(time: number): string {
  return Buffer.from(encodeTime(time)).toString('latin1').slice(2);
}

describe('formatTime', () => {
  it('is what Date has for both ends of every month of every year', () => {
    for (let year = 1950; year <= 9999; year += 1)
      for (let month = 0; month < 12; month += 1) {
        const first = Date.UTC(year, month, 1) / 1000;
        const last = Date.UTC(year, month + 1, 1) / 1000 - 1;
        if (formatTime(first) !== byDate(first)) expect(formatTime(first)).toBe(byDate(first));
        if (formatTime(last) !== byDate(last)) expect(formatTime(last)).toBe(byDate(last));
      }
    expect(formatTime(EARLIEST)).toBe('1950-01-01T00:00:00Z');
    expect(formatTime(LATEST)).toBe('9999-12-31T23:59:59Z');
  });

  it('is what Date has at any second', () => {
    fc.assert(
      fc.property(fc.integer({ min: EARLIEST, max: LATEST }), (time) => {
        expect(formatTime(time)).toBe(byDate(time));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [-1, '1969-12-31T23:59:59Z'],
    [0, '1970-01-01T00:00:00Z'],
    [951_782_400, '2000-02-29T00:00:00Z'],
    [4_107_542_399, '2100-02-28T23:59:59Z'],
    [4_107_542_400, '2100-03-01T00:00:00Z'],
  ])('%d is %s', (time, expected) => {
    expect(formatTime(time)).toBe(expected);
  });
});

describe('encodeTime', () => {
  it.each([
    ['1950-01-01T00:00:00Z', '500101000000Z'],
    ['1999-12-31T23:59:59Z', '991231235959Z'],
    ['2000-01-01T00:00:00Z', '000101000000Z'],
    ['2049-12-31T23:59:59Z', '491231235959Z'],
  ])('%s is a UTCTime', (iso, expected) => {
    expect(encodeTime(Date.parse(iso) / 1000).subarray(0, 2)).toEqual(Uint8Array.of(0x17, 13));
    expect(text(Date.parse(iso) / 1000)).toBe(expected);
  });

  it.each([
    ['2050-01-01T00:00:00Z', '20500101000000Z'],
    ['9999-12-31T23:59:59Z', '99991231235959Z'],
  ])('%s is a GeneralizedTime', (iso, expected) => {
    expect(encodeTime(Date.parse(iso) / 1000).subarray(0, 2)).toEqual(Uint8Array.of(0x18, 15));
    expect(text(Date.parse(iso) / 1000)).toBe(expected);
  });

  it.each([EARLIEST - 1, LATEST + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (time) => {
    expect(isCertificateTime(time)).toBe(false);
    expect(() => encodeTime(time)).toThrow(RangeError);
    expect(() => encodeTime(time)).toThrow(String(time));
  });
});

describe('a time that no certificate can state', () => {
  it.each([
    [EARLIEST - 1, '1950-01-01T00:00:00Z', '-631152001 seconds since 1970'],
    [LATEST + 1, '9999-12-31T23:59:59Z', '253402300800 seconds since 1970'],
    [0.5, '1970-01-01T00:00:00Z', '0.5 seconds since 1970'],
    [0, '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  ])('%d', (time, nearest, orSeconds) => {
    expect(nearestTimeText(time)).toBe(nearest);
    expect(timeOrSecondsText(time)).toBe(orSeconds);
  });
});

describe('parseTime', () => {
  it('reads what formatTime writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: EARLIEST, max: LATEST }), (time) => {
        expect(parseTime(formatTime(time))).toBe(time);
      }),
    );
    expect(parseTime('9999-12-31T23:59:59Z')).toBe(LATEST);
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '1949-12-31T23:59:59Z',
    '2026-01-01T00:00:00+00:00',
    '2026-01-01',
    'never',
    '',
  ])('reads nothing in %s', (written) => {
    expect(parseTime(written)).toBeUndefined();
  });
});

describe('daysSinceEpoch', () => {
  it('is what Date has for the first and the last day of every month, from year 0 on', () => {
    for (let year = 0; year <= 9999; year += 1)
      for (let month = 0; month < 12; month += 1)
        for (const date of [
          new Date(0).setUTCFullYear(year, month, 1),
          new Date(0).setUTCFullYear(year, month + 1, 0),
        ]) {
          const days = daysSinceEpoch(year, month + 1, new Date(date).getUTCDate());
          if (days !== date / 86_400_000) expect(days, new Date(date).toISOString()).toBe(date / 86_400_000);
        }
    expect(daysSinceEpoch(1970, 1, 1)).toBe(0);
  });
});
