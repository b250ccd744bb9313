import { describe, expect, it } from 'vitest';
import {
  distinguishedName,
  encodeName,
  formatDistinguishedName,
  isEmptyName,
} from '../../../src/x509/distinguished-name.js';

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

describe('distinguishedName', () => {
  it('orders the attributes as Go does, and leaves out what is absent', () => {
    const name = distinguishedName({ CN: 'cn', OU: 'ou', O: 'o', L: 'l', ST: 'st', C: 'GB' });
    expect(name.map(({ type }) => type)).toEqual(['C', 'ST', 'L', 'O', 'OU', 'CN']);
    expect(distinguishedName({ CN: 'e1', O: undefined })).toEqual([{ type: 'CN', value: 'e1' }]);
  });
});

describe('encodeName', () => {
  it('is octet for octet what Go 1.26 makes of the same pkix.Name', () => {
    const name = distinguishedName({ C: 'GB', O: 'O*&x', OU: 'OU', L: 'L', ST: 'ST', CN: '*.x_@y' });
    expect(hex(encodeName(name))).toBe(
      '3053310b3009060355040613024742310b3009060355040813025354310a3008060355040713014c310d300b060355040a0c044f2a2678' +
        '310b3009060355040b13024f55310f300d06035504030c062a2e785f4079',
    );
  });

  it.each([
    ["Az09 '()+,-./:=?", 0x13],
    ['', 0x13],
    ['a_b', 0x0c],
    ['a*b', 0x0c],
    ['a@b', 0x0c],
    ['a&b', 0x0c],
    ['a"b', 0x0c],
    ['a\nb', 0x0c],
    ['Zürich', 0x0c],
    ['日本', 0x0c],
    ['💡', 0x0c],
  ])('writes %j with the string type %i', (value, tag) => {
    const content = new TextEncoder().encode(value);
    const encoded = encodeName([{ type: 'CN', value }]);
    expect(encoded[encoded.length - content.length - 2]).toBe(tag);
    expect(encoded.subarray(encoded.length - content.length)).toEqual(content);
  });

  it('writes the empty name as an empty SEQUENCE', () => {
    expect(hex(encodeName([]))).toBe('3000');
    expect(isEmptyName([])).toBe(true);
    expect(isEmptyName({ der: Uint8Array.of(0x30, 0) })).toBe(true);
    expect(isEmptyName([{ type: 'CN', value: '' }])).toBe(false);
  });

  it('copies a name that it did not write', () => {
    const der = Uint8Array.of(0x30, 0x03, 0x31, 0x01, 0x00);
    expect(encodeName({ der })).toEqual(der);
    expect(isEmptyName({ der })).toBe(false);
  });
});

describe('formatDistinguishedName', () => {
  it.each([
    [distinguishedName({ CN: 'e1', O: 'x' }), 'CN=e1,O=x'],
    [distinguishedName({ CN: 'a,b+c"d\\e<f>g;h' }), 'CN=a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h'],
    [distinguishedName({ CN: ' a ' }), 'CN=\\ a\\ '],
    [distinguishedName({ CN: ' ' }), 'CN=\\ '],
    [distinguishedName({ CN: '#a#' }), 'CN=\\#a#'],
    [distinguishedName({ CN: 'a\\ ' }), 'CN=a\\\\\\ '],
    [distinguishedName({ CN: 'a\u0000\u001b\u009b\u202e' }), 'CN=a\\00\\1B\\C2\\9B\\E2\\80\\AE'],
    [distinguishedName({ CN: 'Zürich 💡' }), 'CN=Zürich 💡'],
    [[], ''],
  ])('%#', (name, expected) => {
    expect(formatDistinguishedName(name)).toBe(expected);
  });
});
