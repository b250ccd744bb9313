import { describe, expect, it } from 'vitest';
import { firstToEnd, hostList, memberPlaces } from '../../../src/plan/words.js';

describe('firstToEnd', () => {
  it('is the one with the earliest end, the first of several', () => {
    const late = { id: 'peer/e1', notAfter: '2027-01-02T00:00:00Z' };
    const early = { id: 'server/e1', notAfter: '2027-01-01T23:59:59Z' };
    expect(firstToEnd([late, early, { ...early, id: 'server/e2' }])).toBe(early);
    expect(firstToEnd([])).toBeUndefined();
  });
});

describe('hostList', () => {
  it.each([
    [['e1', 'e2', 'e3', 'admin'], 'e1–e3, admin'],
    [['e1', 'e2', 'admin', 'control-plane', 'client-a'], 'e1, e2, admin, control-plane, client-a'],
    [['e3', 'e4'], 'e3, e4'],
    [['e4', 'e3', 'e2', 'e1'], 'e1–e3, e4'],
  ])('writes %j as %s', (hosts, text) => {
    const members = ['e1', 'e2', 'e3'].map((name) => ({ name, kind: 'member' }) as const);
    const places = memberPlaces([...members, { name: 'admin', kind: 'admin' }]);
    expect(hostList(new Set(hosts), places)).toBe(text);
  });
});
