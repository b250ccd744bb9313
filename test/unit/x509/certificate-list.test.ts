import { describe, expect, it } from 'vitest';
import {
  type CertificateListContents,
  type CrlReason,
  encodeTbsCertList,
  type RevokedEntry,
} from '../../../src/x509/certificate-list.js';
import { distinguishedName } from '../../../src/x509/distinguished-name.js';

const EMPTY: CertificateListContents = {
  signatureAlgorithm: 'ecdsa-with-SHA256',
  issuer: distinguishedName({ CN: 'etcd-ca' }),
  thisUpdate: 1_767_225_600,
  nextUpdate: 1_767_225_600 + 720 * 3600,
  revokedCertificates: [],
  authorityKeyIdentifier: Uint8Array.of(1, 2, 3),
  crlNumber: 1,
};
const TIME = '170d3236303130313030303030305a';
const HEAD = `020101300a06082a8648ce3d04030230123110300e06035504031307657463642d6361${TIME}170d3236303133313030303030305a`;
const KEY_IDENTIFIER = '300e0603551d23040730058003010203';
const NUMBER_1 = '300a0603551d140403020101';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const revoked = (serial: string, reason?: CrlReason): RevokedEntry => ({
  serialNumber: Uint8Array.from(Buffer.from(serial, 'hex')),
  revocationDate: EMPTY.thisUpdate,
  ...(reason === undefined ? {} : { reason }),
});
const listOf = (...revokedCertificates: readonly RevokedEntry[]) =>
  hex(encodeTbsCertList({ ...EMPTY, revokedCertificates }));

describe('a list of revoked certificates', () => {
  it('of nobody has no list of entries (RFC 5280, 5.1.2.6)', () => {
    expect(listOf()).toBe(`3061${HEAD}a01e301c${KEY_IDENTIFIER}${NUMBER_1}`);
  });

  it('of an issuer without an identifier has its number alone', () => {
    const { authorityKeyIdentifier: _, ...rest } = EMPTY;
    expect(hex(encodeTbsCertList({ ...rest, crlNumber: 300 }))).toBe(
      `3052${HEAD}a00f300d300b0603551d1404040202012c`,
    );
  });

  it('has its entries by serial number, whatever their order', () => {
    const [small, positive, large] = [revoked('05'), revoked('0080'), revoked('0100')];
    const wanted = `303e${`3012020105${TIME}`}${`301302020080${TIME}`}${`301302020100${TIME}`}`;
    expect(listOf(large, positive, small)).toContain(wanted);
    expect(listOf(small, large, positive)).toBe(listOf(large, positive, small));
  });

  it('sorts numbers of one length by their first difference', () => {
    const order = ['010203', '010300', '020000', '7f0000'];
    const text = listOf(...order.toReversed().map((serial) => revoked(serial)));
    const places = order.map((serial) => text.indexOf(`0203${serial}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it('refuses a serial number that is there twice, with leading zeros or without', () => {
    expect(() => listOf(revoked('05'), revoked('07'), revoked('0005'))).toThrow(RangeError);
    expect(() => listOf(revoked('05'), revoked('05', 'superseded'))).toThrow('twice');
  });

  it.each<[CrlReason, string]>([
    ['keyCompromise', '01'],
    ['cACompromise', '02'],
    ['affiliationChanged', '03'],
    ['superseded', '04'],
    ['cessationOfOperation', '05'],
    ['certificateHold', '06'],
    ['privilegeWithdrawn', '09'],
    ['aACompromise', '0a'],
  ])('gives %s as %s (RFC 5280, 5.3.1)', (reason, code) => {
    expect(listOf(revoked('05', reason))).toContain(`020105${TIME}300c300a0603551d1504030a01${code}`);
  });

  it('refuses a date that cannot be stated', () => {
    expect(() => encodeTbsCertList({ ...EMPTY, nextUpdate: Number.NaN })).toThrow(RangeError);
  });
});
