import 'reflect-metadata';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { Crypto as PolyfillCrypto } from '@peculiar/webcrypto';
import * as peculiar from '@peculiar/x509';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import * as pkijs from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CryptoProvider, KeyPair } from '../../../src/crypto/provider.js';
import { webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { type CertificateContents, encodeTbsCertificate } from '../../../src/x509/certificate.js';
import { encodeName } from '../../../src/x509/distinguished-name.js';
import { formatGeneralName } from '../../../src/x509/general-name.js';
import type { KeyAlgorithm } from '../../../src/x509/key-algorithm.js';
import { KEY_TABLE } from '../../../src/x509/key-algorithm.js';
import { encodeSigned } from '../../../src/x509/signed.js';
import { formatTime } from '../../../src/x509/time.js';
import { runs } from '../../support/long-tests.js';
import { certificateContents, EXTENDED_KEY_USAGES, KEY_USAGES, name } from './arbitraries.js';

const node = nodeCryptoProvider();
afterAll(() => node.close());

const PROVIDERS: readonly CryptoProvider[] = [
  node,
  webCryptoProvider(crypto),
  webCryptoProvider(new PolyfillCrypto()),
];
const ALGORITHMS: readonly KeyAlgorithm[] = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048'];
const PURPOSE_OIDS = ['1', '2', '3', '4', '8', '9'].map((last) => `1.3.6.1.5.5.7.3.${last}`);

const pairs: { provider: CryptoProvider; pair: KeyPair }[] = [];
beforeAll(async () => {
  for (const provider of PROVIDERS)
    for (const algorithm of ALGORITHMS)
      pairs.push({ provider, pair: await provider.generateKeyPair(algorithm) });
});

interface Signed {
  readonly contents: CertificateContents;
  readonly issuerKey: KeyPair;
  readonly der: Uint8Array;
}

/** A certificate for one of the pairs, signed with another. */
async function sign(contents: CertificateContents, subject: number, issuer: number): Promise<Signed> {
  const { pair } = pairs[subject % pairs.length] ?? fail();
  const { provider, pair: issuerKey } = pairs[issuer % pairs.length] ?? fail();
  const signatureAlgorithm = KEY_TABLE[issuerKey.algorithm].signature;
  const all = { ...contents, signatureAlgorithm, subjectPublicKeyInfo: pair.publicKey };
  const tbs = encodeTbsCertificate(all);
  const signature = await (await provider.importSigner(issuerKey))(tbs);
  return { contents: all, issuerKey, der: encodeSigned(tbs, signatureAlgorithm, signature) };
}

function eachSigned(check: (signed: Signed) => Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(
      certificateContents(fc.constant(Uint8Array.of()), name),
      fc.nat(),
      fc.nat(),
      async (contents, subject, issuer) => check(await sign(contents, subject, issuer)),
    ),
    { numRuns: runs(150) },
  );
}

describe('a signed certificate says the same', () => {
  it('to OpenSSL, by way of node:crypto', () =>
    eachSigned(async ({ contents, issuerKey, der }) => {
      const read = new X509Certificate(der);
      const { altNames, extendedKeyUsage, keyUsage, validity } = contents;
      expect(
        read.verify(createPublicKey({ key: Buffer.from(issuerKey.publicKey), format: 'der', type: 'spki' })),
      ).toBe(true);
      expect(BigInt(`0x${read.serialNumber}`)).toBe(serialNumber(contents));
      expect(new Date(read.validFrom).getTime()).toBe(validity.notBefore * 1000);
      expect(new Date(read.validTo).getTime()).toBe(validity.notAfter * 1000);
      // OpenSSL calls nothing a CA whose key usage forbids it to sign certificates.
      const maySign = keyUsage.length === 0 || keyUsage.includes('keyCertSign');
      expect(read.ca).toBe(contents.basicConstraints.ca && maySign);
      expect(read.keyUsage ?? []).toEqual(extendedKeyUsage.map(purposeOid));
      expect(read.publicKey.export({ format: 'der', type: 'spki' })).toEqual(
        Buffer.from(contents.subjectPublicKeyInfo),
      );
      expect(read.subjectAltName?.split(', ').map(canonicalAltName) ?? []).toEqual(
        altNames.map(formatGeneralName),
      );
    }));

  it('to pkijs', () =>
    eachSigned(async ({ contents, issuerKey, der }) => {
      const read = pkijs.Certificate.fromBER(Uint8Array.from(der));
      const engine = new pkijs.CryptoEngine({ name: 'node', crypto });
      const issuer = new pkijs.Certificate();
      issuer.subjectPublicKeyInfo = new pkijs.PublicKeyInfo({
        schema: asn1js.fromBER(issuerKey.publicKey).result,
      });
      // pkijs takes only a CA named as the certificate's issuer for one.
      issuer.subject = read.issuer;
      expect(await read.verify(issuer, engine)).toBe(true);
      expect(read.version).toBe(2);
      expect(read.serialNumber.toBigInt()).toBe(serialNumber(contents));
      expect(read.notBefore.value.getTime()).toBe(contents.validity.notBefore * 1000);
      expect(read.notAfter.value.getTime()).toBe(contents.validity.notAfter * 1000);
      expect(attributeValues(read.subject)).toEqual(attributes(contents.subject).map(([, value]) => value));
      expect(attributeValues(read.issuer)).toEqual(attributes(contents.issuer).map(([, value]) => value));
      expect(read.extensions?.map(({ extnID, critical }) => [extnID, critical])).toEqual(
        expectedExtensions(contents),
      );
    }));

  it('to @peculiar/x509', () =>
    eachSigned(async ({ contents, issuerKey, der }) => {
      const read = new peculiar.X509Certificate(Uint8Array.from(der));
      const publicKey = new peculiar.PublicKey(Uint8Array.from(issuerKey.publicKey));
      expect(await read.verify({ publicKey, signatureOnly: true }, crypto)).toBe(true);
      expect(BigInt(`0x${read.serialNumber}`)).toBe(serialNumber(contents));
      expect(`${read.notBefore.toISOString().slice(0, 19)}Z`).toBe(formatTime(contents.validity.notBefore));
      expect(`${read.notAfter.toISOString().slice(0, 19)}Z`).toBe(formatTime(contents.validity.notAfter));
      expect(hex(read.subjectName.toArrayBuffer())).toBe(hex(encodeName(contents.subject)));
      expect(read.subjectName.toJSON()).toEqual(
        attributes(contents.subject).map(([type, value]) => ({ [type]: [value] })),
      );
      const constraints = read.getExtension(peculiar.BasicConstraintsExtension);
      expect(constraints?.ca).toBe(contents.basicConstraints.ca);
      // It gives a number above 2^23 as text.
      const { pathLength } = contents.basicConstraints;
      expect(constraints?.pathLength === undefined ? undefined : Number(constraints.pathLength)).toBe(
        pathLength,
      );
      const usages = read.getExtension(peculiar.KeyUsagesExtension)?.usages ?? 0;
      expect(KEY_USAGES.filter((_, bit) => (usages >> bit) & 1)).toEqual(
        KEY_USAGES.filter((usage) => contents.keyUsage.includes(usage)),
      );
      const purposes = read.getExtension(peculiar.ExtendedKeyUsageExtension)?.usages ?? [];
      expect(purposes).toEqual(contents.extendedKeyUsage.map(purposeOid));
      const { subjectKeyIdentifier, authorityKeyIdentifier } = contents;
      expect(read.getExtension(peculiar.SubjectKeyIdentifierExtension)?.keyId).toBe(
        maybeHex(subjectKeyIdentifier),
      );
      expect(read.getExtension(peculiar.AuthorityKeyIdentifierExtension)?.keyId).toBe(
        maybeHex(authorityKeyIdentifier),
      );
      const altNames = read.getExtension(peculiar.SubjectAlternativeNameExtension)?.names.items ?? [];
      expect(altNames.map(({ type, value }) => canonicalAltName(`${type.toUpperCase()}:${value}`))).toEqual(
        contents.altNames.map(formatGeneralName),
      );
    }));
});

function expectedExtensions(contents: CertificateContents): [string, boolean][] {
  const all: [string, boolean, unknown][] = [
    ['2.5.29.15', true, contents.keyUsage.length > 0],
    ['2.5.29.37', false, contents.extendedKeyUsage.length > 0],
    ['2.5.29.19', true, true],
    ['2.5.29.14', false, contents.subjectKeyIdentifier],
    ['2.5.29.35', false, contents.authorityKeyIdentifier],
    ['2.5.29.17', false, contents.altNames.length > 0],
  ];
  return all.flatMap(([id, critical, present]) => (present ? [[id, critical]] : []));
}

function attributes(subject: CertificateContents['subject']): [string, string][] {
  return 'der' in subject ? [] : subject.map(({ type, value }) => [type, value]);
}

function attributeValues(read: pkijs.RelativeDistinguishedNames): unknown[] {
  return read.typesAndValues.map(({ value }) => value.valueBlock.value);
}

function purposeOid(purpose: CertificateContents['extendedKeyUsage'][number]): string {
  return PURPOSE_OIDS[EXTENDED_KEY_USAGES.indexOf(purpose)] ?? fail();
}

/** Other readers write IPv6 in full; the URL standard's text is RFC 5952's. */
function canonicalAltName(text: string): string {
  const [, kind, value = ''] = /^(DNS|IP)(?: Address)?:(.*)$/.exec(text) ?? [];
  return value.includes(':')
    ? `${kind}:${new URL(`http://[${value}]`).hostname.slice(1, -1)}`
    : `${kind}:${value}`;
}

function serialNumber(contents: CertificateContents): bigint {
  return BigInt(`0x${hex(contents.serialNumber)}`);
}

function maybeHex(octets: Uint8Array | undefined): string | undefined {
  return octets === undefined ? undefined : hex(octets);
}

function hex(octets: Uint8Array | ArrayBuffer): string {
  return Buffer.from(new Uint8Array(octets)).toString('hex');
}

function fail(): never {
  throw new Error('no such element');
}
