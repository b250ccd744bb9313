import { describe, expect, it } from 'vitest';
import { isDue, type Sighting } from '../../../../src/verify/expiry/ending.js';
import { judgeEndings } from '../../../../src/verify/expiry/judge-endings.js';

const AT = 1_800_000_000;
const DAY = 86_400;

function certificate(notAfter: number, over: Partial<Sighting> = {}, fingerprint = `${notAfter}`): Sighting {
  return {
    item: {
      type: 'leaf',
      subject: 'CN=e1',
      issuer: 'CN=ca',
      serialNumber: '01',
      fingerprint,
      notBefore: AT - DAY,
      notAfter,
    },
    holder: { host: 'e1', path: '/server.crt' },
    roles: ['server'],
    ...over,
  };
}

function list(nextUpdate: number | undefined): Sighting {
  const item = { issuer: 'CN=ca', fingerprint: 'list', thisUpdate: AT - DAY, revoked: 2 };
  return {
    item: { type: 'revocation-list', ...item, nextUpdate },
    holder: { path: 'ca.crl' },
    roles: [],
  };
}

function statesOf(sightings: readonly Sighting[], within?: number): readonly unknown[] {
  const { endings } = judgeEndings(sightings, { at: AT, ...(within === undefined ? {} : { within }) });
  return endings.map((ending) => [ending.state, ending.daysLeft, isDue(ending)]);
}

describe('what ends', () => {
  it('lasts through its last second, and is due from the horizon on', () => {
    expect(statesOf([certificate(AT)])).toEqual([['later', 0, false]]);
    expect(statesOf([certificate(AT - 1)])).toEqual([['ended', -1, true]]);
    expect(statesOf([certificate(AT + DAY)], DAY)).toEqual([['due', 1, true]]);
    expect(statesOf([certificate(AT + DAY + 1)], DAY)).toEqual([['later', 1, false]]);
    expect(statesOf([certificate(AT)], 0)).toEqual([['due', 0, true]]);
  });

  it('may not have begun', () => {
    const begun = certificate(AT + 9 * DAY);
    const early = (end: number): Sighting => ({
      ...begun,
      item: { ...begun.item, type: 'leaf', subject: '', serialNumber: '', notBefore: AT + 1, notAfter: end },
    });
    expect(statesOf([early(AT + 9 * DAY)])).toEqual([['not-yet-valid', 9, false]]);
    expect(statesOf([early(AT + 9 * DAY)], 10 * DAY)).toEqual([['due', 9, true]]);
  });

  it('comes in the order of its ends, lists that say nothing last', () => {
    const { endings } = judgeEndings(
      [list(undefined), certificate(AT + 3 * DAY), certificate(AT - DAY), certificate(AT + 2 * DAY)],
      { at: AT, within: 300 * DAY },
    );
    expect(endings.map(({ daysLeft, state }) => [daysLeft, state])).toEqual([
      [-1, 'ended'],
      [2, 'due'],
      [3, 'due'],
      [undefined, 'later'],
    ]);
    expect(statesOf([list(AT + DAY)], DAY)).toEqual([['due', 1, true]]);
  });

  it('is told once for all who hold it, with all of its roles', () => {
    const same = (host: string, path: string, roles: readonly string[]): Sighting =>
      certificate(AT + DAY, { holder: { host, path }, roles }, 'same');
    const { endings } = judgeEndings(
      [
        same('e1', '/a', ['server']),
        same('e2', '/a', ['server']),
        same('e1', '/b', ['peer']),
        same('e1', '/a', ['server']),
        certificate(AT + DAY, {}, 'other'),
      ],
      { at: AT },
    );
    expect(endings).toMatchObject([
      {
        roles: ['server', 'peer'],
        holders: [
          { host: 'e1', path: '/a' },
          { host: 'e2', path: '/a' },
          { host: 'e1', path: '/b' },
        ],
      },
      { fingerprint: 'other' },
    ]);
  });

  it('says the moment and the horizon, as far as a certificate could', () => {
    expect(judgeEndings([], { at: AT })).toEqual({ at: '2027-01-15T08:00:00Z', endings: [] });
    expect(judgeEndings([], { at: AT, within: Number.MAX_SAFE_INTEGER }).horizon).toBe(
      '9999-12-31T23:59:59Z',
    );
  });
});
