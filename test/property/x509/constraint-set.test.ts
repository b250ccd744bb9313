import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IpRange } from '../../../src/x509/constraint-set.js';
import { domainSet, rangeSet } from '../../../src/x509/constraint-set.js';
import { type NameSubtrees, nameConstraintFault } from '../../../src/x509/name-constraints.js';
import { runs } from '../../support/long-tests.js';

const name = fc.array(fc.constantFrom('a', 'A', 'b', 'aa', 'a-a', '0'), { minLength: 1, maxLength: 4 });
const domain = name.map((labels) => labels.join('.'));
const constraint = fc.oneof(
  domain,
  domain.map((text) => `.${text}`),
);
const octets = fc.tuple(...Array.from({ length: 4 }, () => fc.constantFrom(0, 1, 128, 255)));
const range = fc.tuple(octets, fc.integer({ min: 0, max: 32 })).map(([address, bits]): IpRange => {
  const mask = Uint8Array.from(
    { length: 4 },
    (_, index) => ~(0xff >> Math.min(8, Math.max(0, bits - index * 8))),
  );
  return {
    address: mask.map((ones, index) => ones & (address[index] ?? 0)),
    mask,
    text: `${address.join('.')}/${bits}`,
  };
});
const COUNT = 2_000;

describe('a set of constraints', () => {
  it('has a name where one of them does', () => {
    fc.assert(
      fc.property(fc.array(constraint, { maxLength: 12 }), domain, (constraints, wanted) => {
        const found = domainSet(constraints, 'permitted').find(wanted);
        expect(found !== undefined).toBe(constraints.some((one) => isWithin(wanted, one)));
        if (found !== undefined) expect(isWithin(wanted, found)).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('has a wildcard where one of them does, or a name that it stands for', () => {
    fc.assert(
      fc.property(fc.array(constraint, { maxLength: 12 }), domain, (constraints, parent) => {
        const found = domainSet(constraints, 'excluded').find(`*.${parent}`);
        const isOver = (one: string): boolean =>
          one.slice(one.indexOf('.')).toLowerCase() === `.${parent.toLowerCase()}` && one.includes('.');
        expect(found !== undefined).toBe(
          constraints.some((one) => isWithin(`*.${parent}`, one) || isOver(one)),
        );
      }),
      { numRuns: runs(2000) },
    );
  });

  it('has an address where one of them does', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), octets, (ranges, address) => {
        const found = rangeSet(ranges).find(Uint8Array.from(address));
        expect(found !== undefined).toBe(
          ranges.some((one) =>
            address.every((octet, index) => (octet & (one.mask[index] ?? 0)) === one.address[index]),
          ),
        );
      }),
      { numRuns: runs(2000) },
    );
  });

  it('is read a few times, however many names are held against it', () => {
    let reads = 0;
    const counted = <T>(list: readonly T[]): readonly T[] =>
      new Proxy(list, {
        get: (target, name, receiver) => {
          reads += 1;
          return Reflect.get(target, name, receiver);
        },
      });
    const ipRanges = Array.from({ length: COUNT }, (_, index): IpRange => {
      const address = Uint8Array.of(10, index >> 16, index >> 8, index);
      return { address, mask: Uint8Array.of(255, 255, 255, 255), text: String(index) };
    });
    const numbered = (suffix: string): string[] =>
      Array.from({ length: COUNT }, (_, index) => `n${index}${suffix}`);
    const of = (suffix: string, ranges: readonly IpRange[]): NameSubtrees => ({
      dnsNames: counted(numbered(`.${suffix}`)),
      emailAddresses: counted(numbered(`@${suffix}`)),
      uriDomains: counted(numbered(`.${suffix}`)),
      ipRanges: counted(ranges),
    });
    const names = {
      dnsNames: numbered('.org'),
      ipAddresses: ipRanges.map(({ address, text }) => ({ text, octets: address })),
      emailAddresses: numbered('@org'),
      uris: numbered('.org').map((host) => ({ host, text: host })),
    };
    const other = ipRanges.map((range) => ({ ...range, address: range.address.with(0, 11) }));
    const fault = nameConstraintFault({ permitted: of('org', ipRanges), excluded: of('com', other) }, names);
    expect(fault).toBeUndefined();
    // Eight lists.
    expect(reads).toBeGreaterThan(8 * COUNT);
    expect(reads).toBeLessThan(100 * COUNT);
  });
});

/** RFC 5280, 4.2.1.10, with what Go makes of a dot in front. */
function isWithin(inner: string, outer: string): boolean {
  const [below, above] = [inner.toLowerCase(), outer.toLowerCase()];
  return below === above || below.endsWith(above.startsWith('.') ? above : `.${above}`);
}
