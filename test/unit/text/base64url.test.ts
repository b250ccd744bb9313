import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64Url } from '../../../src/text/base64url.js';

describe('decodeBase64Url', () => {
  it('reads what Buffer writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
        expect(decodeBase64Url(Buffer.from(octets).toString('base64url'))).toEqual(octets);
      }),
    );
  });

  it.each(['AA==', 'a+b/', 'A A', 'ä'])('refuses %j', (text) => {
    expect(decodeBase64Url(text)).toBeUndefined();
  });
});
