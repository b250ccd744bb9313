import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ipAddressBytes,
  isLinkLocalIpv6,
  isLoopback,
  isMulticastOrBroadcast,
  isUnspecified,
  parseIpAddress,
} from '../../../src/net/ip-address.js';

/** Texts made of an address's own characters: most are nearly one. */
const nearlyAddress = fc.string({
  unit: fc.constantFrom(...'0123456789abcdefABCDEF::::....%gx/ -'),
  maxLength: 45,
});
const octet = fc.oneof(fc.nat({ max: 300 }).map(String), fc.constantFrom('00', '01', '', '1e1', '0x1'));
const dotted = fc.array(octet, { minLength: 3, maxLength: 5 }).map((octets) => octets.join('.'));
const group = fc.oneof(
  fc.nat({ max: 0xffff }).map((n) => n.toString(16)),
  fc.constantFrom('0', '0', '0000', '', '12345', 'g'),
);
const colons = fc
  .array(fc.oneof({ weight: 9, arbitrary: group }, { weight: 1, arbitrary: dotted }), { maxLength: 10 })
  .map((groups) => groups.join(':'));

function text(address: string): string | undefined {
  return parseIpAddress(address)?.address;
}

describe('parseIpAddress', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['FD00:0:0:0:0:0:0:1', 'fd00::1'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:a00:1', '10.0.0.1'],
    ['::10.0.0.1', '::a00:1'],
  ])('reads %s as %s', (given, canonical) => {
    expect(text(given)).toBe(canonical);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.0.1',
    '010.0.0.1',
    '10.0.0.256',
    '0x7f.0.0.1',
    '2130706433',
    '10.0.0.1/8',
    ' 10.0.0.1',
    '10.0.0.1\n',
    '١٠.0.0.1',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '12345::',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '::1.2.3.04',
    'fe80::1%eth0',
    '[::1]',
  ])('refuses %j', (given) => {
    expect(parseIpAddress(given)).toBeUndefined();
  });

  it('takes what node:net takes, but for zones', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyAddress, dotted, colons, fc.ipV4(), fc.ipV6()), (given) => {
        expect(parseIpAddress(given) !== undefined).toBe(isIP(given) !== 0 && !given.includes('%'));
      }),
      { numRuns: 5000 },
    );
  });

  it('writes IPv6 as the URL standard does, and reads its own text back', () => {
    fc.assert(
      fc.property(fc.ipV6(), (given) => {
        const ip = parseIpAddress(given);
        expect(ip).toBeDefined();
        if (ip?.version === 6) expect(`[${ip.address}]`).toBe(new URL(`http://[${given}]`).hostname);
        expect(parseIpAddress(ip?.address ?? '')).toEqual(ip);
      }),
    );
  });
});

describe('ipAddressBytes', () => {
  it.each([
    ['10.1.255.0', [10, 1, 255, 0]],
    ['::ffff:10.0.0.1', [10, 0, 0, 1]],
    ['::1', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['2001:db8::10.1.2.3', [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1, 2, 3]],
  ])('gives the octets of %s', (given, octets) => {
    const ip = parseIpAddress(given);
    expect(ip && [...ipAddressBytes(ip)]).toEqual(octets);
  });
});

describe('kinds of addresses', () => {
  const kinds = (given: string): string[] => {
    const ip = parseIpAddress(given);
    if (ip === undefined) throw new Error(`no address: ${given}`);
    const named = { isUnspecified, isLoopback, isMulticastOrBroadcast, isLinkLocalIpv6 };
    return Object.entries(named).flatMap(([name, is]) => (is(ip) ? [name] : []));
  };

  it.each([
    ['0.0.0.0', ['isUnspecified']],
    ['::', ['isUnspecified']],
    ['127.0.0.1', ['isLoopback']],
    ['127.255.255.254', ['isLoopback']],
    ['::1', ['isLoopback']],
    ['::ffff:127.0.0.1', ['isLoopback']],
    ['224.0.0.1', ['isMulticastOrBroadcast']],
    ['239.255.255.255', ['isMulticastOrBroadcast']],
    ['255.255.255.255', ['isMulticastOrBroadcast']],
    ['ff02::1', ['isMulticastOrBroadcast']],
    ['fe80::1', ['isLinkLocalIpv6']],
    ['febf::1', ['isLinkLocalIpv6']],
    ['fec0::1', []],
    ['ff::1', []],
    ['fe8::1', []],
    ['12.7.0.1', []],
    ['240.0.0.1', []],
    ['223.255.255.255', []],
  ])('%s is %j', (given, expected) => {
    expect(kinds(given)).toEqual(expected);
  });
});
