import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitString,
  booleanTrue,
  contextConstructed,
  contextPrimitive,
  enumerated,
  generalizedTime,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  setOfOne,
  utcTime,
  utf8String,
} from '../../../src/x509/der.js';

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

describe('lengths', () => {
  it.each([
    [0, '0400'],
    [1, '0401'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_535, '0482ffff'],
    [65_536, '0483010000'],
    [16_777_216, '048401000000'],
  ])('of %d octets', (length, header) => {
    const encoded = octetString(new Uint8Array(length).fill(0xab));
    expect(hex(encoded.subarray(0, header.length / 2))).toBe(header);
    expect(encoded.length).toBe(header.length / 2 + length);
    expect(encoded.subarray(header.length / 2).every((octet) => octet === 0xab)).toBe(true);
  });
});

describe('values', () => {
  it.each([
    [booleanTrue(), '0101ff'],
    [nullValue(), '0500'],
    [enumerated(1), '0a0101'],
    [enumerated(10), '0a010a'],
    [bitString([0xa0], 5), '030205a0'],
    [bitString([]), '030100'],
    [printableString('GB'), '13024742'],
    [utf8String([0xc3, 0xbc]), '0c02c3bc'],
    [utcTime('491231235959Z'), '170d3439313233313233353935395a'],
    [generalizedTime('20500101000000Z'), '180f32303530303130313030303030305a'],
    [sequence(), '3000'],
    [sequence(nullValue(), booleanTrue()), '300505000101ff'],
    [setOfOne(nullValue()), '31020500'],
    [contextConstructed(3, nullValue(), nullValue()), 'a30405000500'],
    [contextPrimitive(7, [10, 0, 0, 1]), '87040a000001'],
  ])('%#', (encoded, expected) => {
    expect(hex(encoded)).toBe(expected);
  });
});

describe('integer', () => {
  it.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [0x7fffffff, '02047fffffff'],
    [Uint8Array.of(), '020100'],
    [Uint8Array.of(0), '020100'],
    [Uint8Array.of(0, 0), '020100'],
    [Uint8Array.of(0, 0, 1), '020101'],
    [Uint8Array.of(0x80), '02020080'],
    [Uint8Array.of(0, 0x80), '02020080'],
    [Uint8Array.of(0xff, 0xff), '020300ffff'],
  ])('%j', (value, expected) => {
    expect(hex(integer(value))).toBe(expected);
  });

  it('is what asn1js makes of the same number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (octets) => {
        const value = BigInt(`0x0${Buffer.from(octets).toString('hex')}`);
        expect(hex(integer(octets))).toBe(
          Buffer.from(asn1js.Integer.fromBigInt(value).toBER()).toString('hex'),
        );
      }),
    );
  });
});

describe('objectIdentifier', () => {
  it.each([
    ['2.5.29.15', '0603551d0f'],
    ['1.2.840.113549.1.1.11', '06092a864886f70d01010b'],
    ['2.999.3', '0603883703'],
    ['1.3.6.1.4.1.2147483647', '060a2b0601040187ffffff7f'],
  ])('%s', (dotted, expected) => {
    expect(hex(objectIdentifier(dotted))).toBe(expected);
  });

  it('is read back by asn1js', () => {
    const arcs = fc.tuple(
      fc.nat({ max: 2 }),
      fc.nat({ max: 39 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    );
    fc.assert(
      fc.property(arcs, ([first, second, rest]) => {
        const dotted = [first, second, ...rest].join('.');
        const { result } = asn1js.fromBER(objectIdentifier(dotted));
        expect(result instanceof asn1js.ObjectIdentifier && result.getValue()).toBe(dotted);
      }),
    );
  });
});
