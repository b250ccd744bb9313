import { describe, expect, it } from 'vitest';
import type { CryptoProvider } from '../../../src/crypto/provider.js';
import { drawToken, formatSerialNumber, serialNumbers } from '../../../src/pki/random.js';

const refuse = (): never => {
  throw new Error('not needed to draw');
};

/** Gives these octets out one after another, and remembers how many were asked for at a time. */
function source(octets: Iterable<number>): CryptoProvider & { readonly asked: readonly number[] } {
  const rest = [...octets];
  const asked: number[] = [];
  return {
    asked,
    generateKeyPair: refuse,
    importSigner: refuse,
    verify: refuse,
    publicKeyOf: refuse,
    digest: refuse,
    randomBytes: (length) => {
      asked.push(length);
      return Uint8Array.from({ length }, () => rest.shift() ?? 0);
    },
  };
}

const everyByte = (): number[] => Array.from({ length: 256 }, (_, byte) => byte);

describe('a token', () => {
  it('is 20 letters and digits, whatever is drawn', () => {
    for (const byte of everyByte().filter((value) => value < 248))
      expect(drawToken(source(Array.from({ length: 20 }, () => byte)))).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  it('holds every letter and digit with the same chance', () => {
    const counts = new Map<string, number>();
    const drawn = source(everyByte());
    // 248 of the 256 values count; the last token is filled up with the first letter from an exhausted source.
    const text = Array.from({ length: 13 }, () => drawToken(drawn))
      .join('')
      .slice(0, 248);
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(62);
    expect(new Set(counts.values())).toEqual(new Set([4]));
  });

  it('draws again where bytes fall away', () => {
    for (const byte of everyByte().slice(248)) {
      const twenty = (value: number): number[] => Array.from({ length: 20 }, () => value);
      expect(drawToken(source([...twenty(byte), ...twenty(1)]))).toBe('B'.repeat(20));
      expect(drawToken(source([byte, ...twenty(1), ...twenty(1)]))).toBe('B'.repeat(20));
    }
  });
});

describe('a serial number', () => {
  it('is the 128 bits that were drawn', () => {
    const drawn = source([0, 0xff, ...everyByte()]);
    expect(serialNumbers(drawn)()).toEqual(Uint8Array.from([0, 0xff, ...everyByte().slice(0, 14)]));
    expect(drawn.asked).toEqual([16]);
  });

  it('is never 0 (RFC 5280, 4.1.2.2)', () => {
    expect(serialNumbers(source([]))().some((octet) => octet !== 0)).toBe(true);
  });

  it('is not drawn from a source that gives too little', () => {
    for (const length of [0, 15])
      expect(serialNumbers({ ...source([]), randomBytes: () => new Uint8Array(length) })).toThrow(TypeError);
  });

  it('is another one each time, whatever is drawn (RFC 5280, 4.1.2.2)', () => {
    for (const octet of [0, 0xff]) {
      const draw = serialNumbers({
        ...source([]),
        randomBytes: (length) => new Uint8Array(length).fill(octet),
      });
      const drawn = Array.from({ length: 300 }, () => draw().join());
      expect(new Set(drawn).size).toBe(300);
    }
  });
});

describe('a serial number as text', () => {
  it.each([
    [[0x0a, 0xb0], '0ab0'],
    [[0x00, 0x0a, 0xb0], '0ab0'],
    [[0x00, 0x00, 0x00], '00'],
    [[0x10, 0x00], '1000'],
  ])('of %j is %s', (octets, text) => {
    expect(formatSerialNumber(Uint8Array.from(octets))).toBe(text);
  });
});
