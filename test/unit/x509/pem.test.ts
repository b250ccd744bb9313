import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../../../src/text/base64.js';
import { encodePem } from '../../../src/x509/pem.js';

describe('encodeBase64', () => {
  it('is what Buffer makes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(encodeBase64(octets)).toBe(Buffer.from(octets).toString('base64'));
      }),
      { numRuns: 500 },
    );
  });

  it('has every character of the alphabet', () => {
    const octets = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(encodeBase64(octets)).toBe(Buffer.from(octets).toString('base64'));
  });
});

describe('encodePem', () => {
  it.each([
    [1, 1],
    [48, 1],
    [49, 2],
    [96, 2],
    [97, 3],
  ])('%d octets fill %d lines', (length, lines) => {
    const der = new Uint8Array(length).fill(0xfb);
    const pem = encodePem('EC PRIVATE KEY', der);
    const all = pem.split('\n');
    expect(all[0]).toBe('-----BEGIN EC PRIVATE KEY-----');
    expect(all.slice(-2)).toEqual(['-----END EC PRIVATE KEY-----', '']);
    const body = all.slice(1, -2);
    expect(body).toHaveLength(lines);
    expect(body.slice(0, -1).every((line) => line.length === 64)).toBe(true);
    expect(Buffer.from(body.join(''), 'base64')).toEqual(Buffer.from(der));
  });
});
