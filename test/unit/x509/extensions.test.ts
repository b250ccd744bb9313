import { describe, expect, it } from 'vitest';
import { encodeAuthorityKeyIdentifier } from '../../../src/x509/authority-key-identifier.js';
import { encodeBasicConstraints } from '../../../src/x509/basic-constraints.js';
import { encodeExtendedKeyUsage, purposeName } from '../../../src/x509/extended-key-usage.js';
import { formatGeneralName } from '../../../src/x509/general-name.js';
import { encodeKeyUsage, type KeyUsage } from '../../../src/x509/key-usage.js';
import { encodeSubjectAltName } from '../../../src/x509/subject-alt-name.js';
import { encodeSubjectKeyIdentifier } from '../../../src/x509/subject-key-identifier.js';

function hex(octets: Uint8Array | undefined): string {
  return Buffer.from(octets ?? []).toString('hex');
}

describe('encodeKeyUsage', () => {
  const usages: [KeyUsage[], string][] = [
    [['digitalSignature'], '03020780'],
    [['digitalSignature', 'keyEncipherment'], '030205a0'],
    [['keyEncipherment', 'digitalSignature'], '030205a0'],
    [['digitalSignature', 'keyEncipherment', 'keyCertSign'], '030202a4'],
    [['keyCertSign', 'cRLSign'], '03020106'],
    [['encipherOnly'], '03020001'],
    [['decipherOnly'], '0303070080'],
    [['digitalSignature', 'decipherOnly'], '0303078080'],
  ];
  it.each(usages)('%j is critical, and its bits are %s', (given, bits) => {
    const [extension] = encodeKeyUsage(given);
    const size = bits.length / 2;
    expect(hex(extension)).toBe(`30${two(10 + size)}0603551d0f0101ff04${two(size)}${bits}`);
  });

  it('is left out where it would be empty', () => {
    expect(encodeKeyUsage([])).toEqual([]);
  });
});

describe('purposeName', () => {
  it.each([
    ['1.3.6.1.5.5.7.3.1', 'serverAuth'],
    ['1.3.6.1.5.5.7.3.2', 'clientAuth'],
    ['2.5.29.37.0', 'anyExtendedKeyUsage'],
    ['1.3.6.1.4.1.311.10.3.4', '1.3.6.1.4.1.311.10.3.4'],
  ])('of %s is %s', (identifier, name) => {
    expect(purposeName(identifier)).toBe(name);
  });
});

describe('encodeExtendedKeyUsage', () => {
  it('keeps the order and is not critical', () => {
    const [extension] = encodeExtendedKeyUsage(['clientAuth', 'serverAuth']);
    expect(hex(extension)).toBe('301d0603551d250416301406082b0601050507030206082b06010505070301');
    expect(encodeExtendedKeyUsage([])).toEqual([]);
  });
});

describe('encodeBasicConstraints', () => {
  it.each([
    [{ ca: false }, '300c0603551d130101ff04023000'],
    [{ ca: true }, '300f0603551d130101ff040530030101ff'],
    [{ ca: true, pathLength: 0 }, '30120603551d130101ff040830060101ff020100'],
    [{ ca: true, pathLength: 200 }, '30130603551d130101ff040930070101ff020200c8'],
  ])('%j', (constraints, expected) => {
    expect(hex(encodeBasicConstraints(constraints))).toBe(expected);
  });
});

describe('key identifiers', () => {
  it('stand in their own extensions, neither critical', () => {
    const identifier = Uint8Array.of(1, 2, 3);
    expect(hex(encodeSubjectKeyIdentifier(identifier)[0])).toBe('300c0603551d0e04050403010203');
    expect(hex(encodeAuthorityKeyIdentifier(identifier)[0])).toBe('300e0603551d23040730058003010203');
    expect(encodeSubjectKeyIdentifier(undefined)).toEqual([]);
    expect(encodeAuthorityKeyIdentifier(undefined)).toEqual([]);
  });
});

describe('encodeSubjectAltName', () => {
  it('keeps the order, and is critical where it is told so', () => {
    const names = [
      { type: 'ip', version: 4, address: '10.0.0.1' },
      { type: 'dns', name: '*.a' },
    ] as const;
    expect(hex(encodeSubjectAltName(names, 'non-critical')[0])).toBe(
      '30140603551d11040d300b87040a00000182032a2e61',
    );
    expect(hex(encodeSubjectAltName(names, 'critical')[0])).toBe(
      '30170603551d110101ff040d300b87040a00000182032a2e61',
    );
    expect(encodeSubjectAltName([], 'critical')).toEqual([]);
    expect(names.map(formatGeneralName)).toEqual(['IP:10.0.0.1', 'DNS:*.a']);
  });
});

function two(octet: number): string {
  return octet.toString(16).padStart(2, '0');
}
