import fc from 'fast-check';
import { parseHost, parseWildcardDnsName } from '../../../src/net/host.js';
import type { BasicConstraints } from '../../../src/x509/basic-constraints.js';
import type { CertificateContents } from '../../../src/x509/certificate.js';
import type { CertificateListContents, CrlReason, RevokedEntry } from '../../../src/x509/certificate-list.js';
import { type DistinguishedName, distinguishedName } from '../../../src/x509/distinguished-name.js';
import type { ExtendedKeyUsage } from '../../../src/x509/extended-key-usage.js';
import type { GeneralName } from '../../../src/x509/general-name.js';
import type { SignatureAlgorithm } from '../../../src/x509/key-algorithm.js';
import type { KeyUsage } from '../../../src/x509/key-usage.js';

export const SIGNATURE_ALGORITHMS: readonly SignatureAlgorithm[] = [
  'sha256WithRSAEncryption',
  'ecdsa-with-SHA256',
  'ecdsa-with-SHA384',
];

export const KEY_USAGES: readonly KeyUsage[] = [
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

export const EXTENDED_KEY_USAGES: readonly ExtendedKeyUsage[] = [
  'serverAuth',
  'clientAuth',
  'codeSigning',
  'emailProtection',
  'timeStamping',
  'OCSPSigning',
];

export const REVOCATION_REASONS: readonly CrlReason[] = [
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
];

const EARLIEST = Date.UTC(1950, 0, 1) / 1000;
const YEAR_2050 = Date.UTC(2050, 0, 1) / 1000;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

const time = fc.oneof(
  fc.integer({ min: EARLIEST, max: LATEST }),
  fc.integer({ min: YEAR_2050 - 3, max: YEAR_2050 + 3 }),
  fc.constantFrom(EARLIEST, LATEST),
);

const attributeValue = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."Az09 '()+,-./:=?"), minLength: 1, maxLength: 64 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'a*&@_"#<\\;é日💡'), minLength: 1, maxLength: 64 }),
);

/** Names with at least one attribute. */
export const name: fc.Arbitrary<DistinguishedName> = fc
  .record({
    C: fc.option(fc.constantFrom('GB', 'DE'), { nil: undefined }),
    ST: fc.option(attributeValue, { nil: undefined }),
    L: fc.option(attributeValue, { nil: undefined }),
    O: fc.option(attributeValue, { nil: undefined }),
    OU: fc.option(attributeValue, { nil: undefined }),
    CN: attributeValue,
  })
  .map(distinguishedName);

/** First octets that make an INTEGER look negative, or longer than it is. */
const serialNumber = fc
  .tuple(
    fc.constantFrom([], [0], [0, 0], [0x7f], [0x80], [0, 0x80], [0xff]),
    fc.uint8Array({ minLength: 1, maxLength: 16 }),
  )
  .map(([first, rest]) => Uint8Array.from([...first, ...rest]));

export const altName: fc.Arbitrary<GeneralName> = fc
  .oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4().map((ip) => `::ffff:${ip}`),
    fc.ipV4().map((ip) => `64:ff9b::${ip}`),
    fc.domain(),
    fc.domain().map((domain) => `*.${domain}`),
    fc.constantFrom('localhost', '::1', '127.0.0.1', 'E1'),
  )
  .map((text) => parseHost(text) ?? parseWildcardDnsName(text))
  .filter((host) => host !== undefined);

const basicConstraints: fc.Arbitrary<BasicConstraints> = fc.oneof(
  fc.constantFrom({ ca: false }, { ca: true }),
  fc.record({
    ca: fc.constant(true),
    pathLength: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 0x7fffffff })),
  }),
);

const keyIdentifier = fc.uint8Array({ minLength: 1, maxLength: 130 });

/** Everything that can be written, whether the lint would let it pass or not. */
export function certificateContents(
  subjectPublicKeyInfo: fc.Arbitrary<Uint8Array>,
  subject: fc.Arbitrary<DistinguishedName>,
): fc.Arbitrary<CertificateContents> {
  return fc.record(
    {
      serialNumber,
      signatureAlgorithm: fc.constantFrom(...SIGNATURE_ALGORITHMS),
      issuer: name,
      validity: fc.record({ notBefore: time, notAfter: time }),
      subject,
      subjectPublicKeyInfo,
      keyUsage: fc.uniqueArray(fc.constantFrom(...KEY_USAGES), { maxLength: 9 }),
      extendedKeyUsage: fc.uniqueArray(fc.constantFrom(...EXTENDED_KEY_USAGES), { maxLength: 6 }),
      basicConstraints,
      subjectKeyIdentifier: keyIdentifier,
      authorityKeyIdentifier: keyIdentifier,
      altNames: fc.array(altName, { maxLength: 12 }),
    },
    {
      requiredKeys: [
        'serialNumber',
        'signatureAlgorithm',
        'issuer',
        'validity',
        'subject',
        'subjectPublicKeyInfo',
        'keyUsage',
        'extendedKeyUsage',
        'basicConstraints',
        'altNames',
      ],
    },
  );
}

const revokedCertificate: fc.Arbitrary<RevokedEntry> = fc.record(
  { serialNumber, revocationDate: time, reason: fc.constantFrom(...REVOCATION_REASONS) },
  { requiredKeys: ['serialNumber', 'revocationDate'] },
);

/** The number that a serial number's octets are. */
export function serialValue({ serialNumber: octets }: Pick<RevokedEntry, 'serialNumber'>): bigint {
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}

/** Every list that can be written. */
export const certificateListContents: fc.Arbitrary<CertificateListContents> = fc.record(
  {
    signatureAlgorithm: fc.constantFrom(...SIGNATURE_ALGORITHMS),
    issuer: name,
    thisUpdate: time,
    nextUpdate: time,
    revokedCertificates: fc.uniqueArray(revokedCertificate, { selector: serialValue, maxLength: 40 }),
    authorityKeyIdentifier: keyIdentifier,
    crlNumber: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 0x7fffffff })),
  },
  {
    requiredKeys: [
      'signatureAlgorithm',
      'issuer',
      'thisUpdate',
      'nextUpdate',
      'revokedCertificates',
      'crlNumber',
    ],
  },
);
