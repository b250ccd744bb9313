import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hostInUrl,
  hostText,
  parseDnsName,
  parseHost,
  parseWildcardDnsName,
  sameHost,
} from '../../../src/net/host.js';

const LABEL_63 = 'a'.repeat(63);
const NAME_253 = `${LABEL_63}.${LABEL_63}.${LABEL_63}.${'a'.repeat(61)}`;

describe('parseDnsName', () => {
  it.each([
    ['e1', 'e1'],
    ['E1.Example.ORG', 'e1.example.org'],
    ['localhost', 'localhost'],
    ['1a', '1a'],
    ['10.example', '10.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    [NAME_253, NAME_253],
  ])('reads %s', (given, name) => {
    expect(parseDnsName(given)).toEqual({ type: 'dns', name });
  });

  it.each([
    '',
    '.',
    'e1.',
    '.e1',
    'a..b',
    '-a',
    'a-',
    'a_b',
    'a b',
    'e1\n',
    '*.example.org',
    'bücher.example',
    '\u212a8s',
    `${LABEL_63}a`,
    `${NAME_253}a`,
    '10',
    '10.0.0.256',
    'e1.10',
    'e1.0x1f',
    '0x',
    '1.2.3.4',
  ])('refuses %j', (given) => {
    expect(parseDnsName(given)).toBeUndefined();
  });

  it('takes no name that a URL would hold in another spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab09x-._*KİſAé'), maxLength: 12 }), (given) => {
        const name = parseDnsName(given)?.name;
        if (name !== undefined) expect(new URL(`http://${given}`).hostname).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseWildcardDnsName', () => {
  it.each([
    ['*.Example.org', '*.example.org'],
    ['e1', 'e1'],
  ])('reads %s', (given, name) => {
    expect(parseWildcardDnsName(given)).toEqual({ type: 'dns', name });
  });

  it.each(['*', '*.', 'a.*.org', '*a.org', '*.*.org', '*.10.0.0.1', `*.${NAME_253}`])(
    'refuses %j',
    (given) => {
      expect(parseWildcardDnsName(given)).toBeUndefined();
    },
  );
});

describe('hosts', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1', '10.0.0.1'],
    ['FD00::1', 'fd00::1', '[fd00::1]'],
    ['E1', 'e1', 'e1'],
  ])('%s is %s, and %s in a URL', (given, text, inUrl) => {
    const host = parseHost(given);
    expect(host && [hostText(host), hostInUrl(host)]).toEqual([text, inUrl]);
  });

  it('are the same under one canonical text', () => {
    const same = (a: string, b: string): boolean => {
      const [hostA, hostB] = [parseHost(a), parseHost(b)];
      return hostA !== undefined && hostB !== undefined && sameHost(hostA, hostB);
    };
    expect(same('::ffff:10.0.0.1', '10.0.0.1')).toBe(true);
    expect(same('E1', 'e1')).toBe(true);
    expect(same('e1', 'e2')).toBe(false);
    expect(sameHost({ type: 'dns', name: '::1' }, { type: 'ip', version: 6, address: '::1' })).toBe(false);
  });
});
