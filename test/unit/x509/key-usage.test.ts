import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyUsage, keyUsageOfBits } from '../../../src/x509/key-usage.js';

/** RFC 5280, 4.2.1.3 */
const IN_ORDER: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

describe('the usages of a bit string', () => {
  it('are those whose bits are set, the first in the highest bit', () => {
    fc.assert(
      fc.property(fc.subarray([...IN_ORDER]), (usages) => {
        const bits = IN_ORDER.map((usage) => (usages.includes(usage) ? '1' : '0')).join('');
        const octets = [bits.slice(0, 8), bits.slice(8).padEnd(8, '0')].map((text) =>
          Number.parseInt(text, 2),
        );
        expect(keyUsageOfBits(Uint8Array.from(octets))).toEqual(usages);
      }),
    );
  });

  it('are read from as many octets as there are', () => {
    expect(keyUsageOfBits(Uint8Array.of())).toEqual([]);
    expect(keyUsageOfBits(Uint8Array.of(0x06))).toEqual(['keyCertSign', 'cRLSign']);
    expect(keyUsageOfBits(Uint8Array.of(0x01, 0xff))).toEqual(['encipherOnly', 'decipherOnly']);
  });
});
