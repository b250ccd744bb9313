import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CertificateContents } from '../../../../src/x509/certificate.js';
import { distinguishedName, encodeName } from '../../../../src/x509/distinguished-name.js';
import { LINT_RULES, type LintOptions, lintCertificate } from '../../../../src/x509/lint/lint-certificate.js';
import type { CertificateIssuer } from '../../../../src/x509/lint/rule.js';
import type { UnixTime } from '../../../../src/x509/time.js';

const EC_KEY = spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey);
const RSA_KEY = spki(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
const ED_KEY = spki(generateKeyPairSync('ed25519').publicKey);
const CA_IDENTIFIER = new Uint8Array(20).fill(1);
const BEGIN = at('2026-01-01T00:00:00Z');

const CA: CertificateContents = {
  serialNumber: Uint8Array.of(1),
  signatureAlgorithm: 'ecdsa-with-SHA256',
  issuer: distinguishedName({ CN: 'etcd-ca' }),
  validity: { notBefore: BEGIN, notAfter: at('2036-01-01T00:00:00Z') },
  subject: distinguishedName({ CN: 'etcd-ca' }),
  subjectPublicKeyInfo: EC_KEY,
  keyUsage: ['digitalSignature', 'keyCertSign'],
  extendedKeyUsage: [],
  basicConstraints: { ca: true },
  subjectKeyIdentifier: CA_IDENTIFIER,
  altNames: [{ type: 'dns', name: 'etcd-ca' }],
};

/** Kept to a domain, and away from an address. */
const KEPT_CA: CertificateIssuer = {
  ...CA,
  nameConstraints: {
    permitted: { dnsNames: ['example.org'], ipRanges: [], emailAddresses: [], uriDomains: [] },
    excluded: {
      dnsNames: [],
      ipRanges: [
        { address: Uint8Array.of(10, 0, 0, 1), mask: Uint8Array.of(255, 255, 255, 255), text: '10.0.0.1/32' },
      ],
      emailAddresses: [],
      uriDomains: [],
    },
  },
};

const LEAF: CertificateContents = {
  serialNumber: Uint8Array.of(2),
  signatureAlgorithm: 'ecdsa-with-SHA256',
  issuer: CA.subject,
  validity: { notBefore: BEGIN, notAfter: at('2027-01-01T00:00:00Z') },
  subject: distinguishedName({ CN: 'e1', O: 'etcd' }),
  subjectPublicKeyInfo: EC_KEY,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['serverAuth', 'clientAuth'],
  basicConstraints: { ca: false },
  authorityKeyIdentifier: CA_IDENTIFIER,
  altNames: [
    { type: 'dns', name: 'e1' },
    { type: 'dns', name: '*.etcd.example.org' },
    { type: 'ip', version: 4, address: '10.0.0.1' },
    { type: 'ip', version: 6, address: '::1' },
  ],
};

const { authorityKeyIdentifier: _, ...WITHOUT_AUTHORITY_KEY_IDENTIFIER } = LEAF;
const { subjectKeyIdentifier: __, ...CA_WITHOUT_IDENTIFIER } = CA;

describe('a certificate that may be signed', () => {
  const accepted: [string, CertificateContents, CertificateIssuer | 'self', LintOptions?][] = [
    ['a root', CA, 'self'],
    ['a root that points at itself', { ...CA, authorityKeyIdentifier: CA_IDENTIFIER }, 'self'],
    ['a root with a path length', { ...CA, basicConstraints: { ca: true, pathLength: 0 } }, 'self'],
    ['a leaf', LEAF, CA],
    [
      'a leaf under a CA with the path length 0',
      LEAF,
      { ...CA, basicConstraints: { ca: true, pathLength: 0 } },
    ],
    [
      'a leaf whose issuer was read from disk',
      { ...LEAF, issuer: { der: encodeName(CA.subject) } },
      { ...CA, subject: { der: encodeName(CA.subject) } },
    ],
    ['a leaf whose CA has no identifier', WITHOUT_AUTHORITY_KEY_IDENTIFIER, CA_WITHOUT_IDENTIFIER],
    ['a leaf that points at a CA without identifier', LEAF, CA_WITHOUT_IDENTIFIER],
    ['a leaf whose CA has no key usage', LEAF, { ...CA, keyUsage: [] }],
    ['a root that signs certificates and nothing else', { ...CA, keyUsage: ['keyCertSign'] }, 'self'],
    [
      'a root with the greatest path length',
      { ...CA, basicConstraints: { ca: true, pathLength: 0x7fffffff } },
      'self',
    ],
    ['names of one character', withSubject({ CN: 'a', O: 'b', OU: 'c', L: 'd', ST: 'e' }), CA],
    ['a leaf as long-lived as its CA', { ...LEAF, validity: CA.validity }, CA],
    ['a client without SANs', { ...LEAF, extendedKeyUsage: ['clientAuth'], altNames: [] }, CA],
    ['a leaf without subject', { ...LEAF, subject: [] }, CA],
    [
      'a leaf that never ends',
      { ...LEAF, validity: { notBefore: BEGIN, notAfter: 253_402_300_799 } },
      { ...CA, validity: { notBefore: BEGIN, notAfter: 253_402_300_799 } },
    ],
    ['a serial number of 20 octets', { ...LEAF, serialNumber: new Uint8Array(20).fill(0x7f) }, CA],
    [
      'a serial number of 21 octets that begins with 0',
      { ...LEAF, serialNumber: Uint8Array.of(0, 0x80, ...new Uint8Array(18)) },
      CA,
    ],
    [
      'keyEncipherment on an RSA key',
      { ...LEAF, subjectPublicKeyInfo: RSA_KEY, keyUsage: ['digitalSignature', 'keyEncipherment'] },
      CA,
    ],
    [
      'keyEncipherment on any key, as kubeadm does',
      { ...LEAF, keyUsage: ['digitalSignature', 'keyEncipherment'] },
      CA,
      { usages: 'kubeadm-compatible' },
    ],
    [
      'an RSA signature of an RSA key',
      { ...LEAF, signatureAlgorithm: 'sha256WithRSAEncryption' },
      { ...CA, subjectPublicKeyInfo: RSA_KEY },
    ],
    [
      'names at their upper bounds',
      {
        ...LEAF,
        subject: distinguishedName({ CN: '💡'.repeat(64), O: 'o'.repeat(64), L: 'l'.repeat(128), C: 'GB' }),
      },
      CA,
    ],
    [
      'an intermediate CA',
      {
        ...CA,
        issuer: CA.subject,
        subject: distinguishedName({ CN: 'sub' }),
        authorityKeyIdentifier: CA_IDENTIFIER,
      },
      CA,
    ],
  ];

  it.each(accepted)('%s', (_name, contents, issuer, options) => {
    expect(lintCertificate(contents, issuer, options)).toEqual([]);
  });
});

describe('a certificate that may not be signed', () => {
  const refused: [string, CertificateContents, CertificateIssuer | 'self', string[], LintOptions?][] = [
    ['serial-number-positive', { ...LEAF, serialNumber: new Uint8Array(16) }, CA, ['serial number 0']],
    ['serial-number-positive', { ...LEAF, serialNumber: Uint8Array.of() }, CA, ['serial number 0']],
    ['serial-number-length', { ...LEAF, serialNumber: new Uint8Array(20).fill(0x80) }, CA, ['21 octets']],
    [
      'signature-fits-issuer-key',
      { ...LEAF, signatureAlgorithm: 'sha256WithRSAEncryption' },
      CA,
      ['sha256WithRSA'],
    ],
    ['signature-fits-issuer-key', LEAF, { ...CA, subjectPublicKeyInfo: RSA_KEY }, ['ecdsa-with-SHA256']],
    ['signature-fits-issuer-key', LEAF, { ...CA, subjectPublicKeyInfo: ED_KEY }, ['ecdsa-with-SHA256']],
    ['signature-fits-issuer-key', { ...LEAF, signatureAlgorithm: 'ed25519' }, CA, ['ed25519']],
    ['issuer-named', { ...LEAF, issuer: [] }, { ...CA, subject: [] }, ['issuer without a name']],
    ['issuer-is-subject-of-issuer', { ...LEAF, issuer: distinguishedName({ CN: 'other' }) }, CA, ['differs']],
    [
      'issuer-is-subject-of-issuer',
      { ...CA, subject: distinguishedName({ CN: 'other' }) },
      'self',
      ['differs'],
    ],
    ['issuer-may-sign', LEAF, { ...CA, basicConstraints: { ca: false } }, ['not a CA']],
    ['issuer-may-sign', LEAF, { ...CA, keyUsage: ['cRLSign'] }, ['keyCertSign']],
    [
      'issuer-path-length',
      { ...CA, authorityKeyIdentifier: CA_IDENTIFIER },
      { ...CA, basicConstraints: { ca: true, pathLength: 0 } },
      ['path length 0'],
    ],
    ['validity-in-order', withValidity(BEGIN, BEGIN), CA, ['2026-01-01T00:00:00Z']],
    [
      'validity-within-issuer',
      withValidity(BEGIN, CA.validity.notAfter + 1),
      CA,
      ['2036-01-01T00:00:01Z', '2036-01-01T00:00:00Z'],
    ],
    ['validity-within-issuer', withValidity(BEGIN - 1, BEGIN + 1), CA, ['2025-12-31T23:59:59Z']],
    ['subject-named', { ...CA, subject: [] }, { ...CA, basicConstraints: { ca: true } }, ['empty subject']],
    [
      'subject-named',
      { ...LEAF, subject: [], extendedKeyUsage: ['clientAuth'], altNames: [] },
      CA,
      ['neither'],
    ],
    ['attribute-lengths', withSubject({ CN: '' }), CA, ['0 characters']],
    ['attribute-lengths', withSubject({ CN: 'a'.repeat(65) }), CA, ['CN is 65']],
    ['attribute-lengths', withSubject({ CN: 'a', O: 'a'.repeat(65) }), CA, ['O is 65']],
    ['attribute-lengths', withSubject({ CN: 'a', OU: 'a'.repeat(65) }), CA, ['OU is 65']],
    ['attribute-lengths', withSubject({ CN: 'a', L: 'a'.repeat(129) }), CA, ['L is 129']],
    ['attribute-lengths', withSubject({ CN: 'a', ST: 'a'.repeat(129) }), CA, ['ST is 129']],
    ['attribute-lengths', withSubject({ CN: 'a'.repeat(65), O: 'a' }), CA, ['CN is 65']],
    ['attribute-characters', withSubject({ CN: 'e1\0.example.org' }), CA, ['\\u0000']],
    ['attribute-characters', withSubject({ CN: 'e1\0.example.org', O: 'a' }), CA, ['CN']],
    ['attribute-characters', withSubject({ CN: 'e1\ud800' }), CA, ['\\ud800']],
    ['country-code', withSubject({ CN: 'a', C: 'Ü1' }), CA, ['"Ü1"']],
    ['country-code', withSubject({ CN: 'a', C: 'GBR' }), CA, ['"GBR"']],
    ['country-code', withSubject({ CN: 'a', C: '1GB' }), CA, ['"1GB"']],
    ['key-usage-present', { ...LEAF, keyUsage: [] }, CA, ['no key usage']],
    ['authority-signs', { ...CA, keyUsage: ['digitalSignature'] }, 'self', ['keyCertSign']],
    [
      'leaf-signs-no-certificates',
      { ...LEAF, keyUsage: ['digitalSignature', 'keyCertSign'] },
      CA,
      ['keyCertSign'],
    ],
    ['leaf-signs-handshakes', { ...LEAF, keyUsage: ['keyAgreement'] }, CA, ['digitalSignature']],
    [
      'encipherment-with-rsa-only',
      { ...LEAF, keyUsage: ['digitalSignature', 'keyEncipherment'] },
      CA,
      ['keyEncipherment'],
    ],
    [
      'encipherment-with-rsa-only',
      { ...LEAF, keyUsage: ['digitalSignature', 'dataEncipherment'] },
      CA,
      ['dataEncipherment'],
      { usages: 'kubeadm-compatible' },
    ],
    [
      'encipherment-with-rsa-only',
      { ...LEAF, keyUsage: ['digitalSignature', 'keyEncipherment', 'dataEncipherment'] },
      CA,
      ['keyEncipherment and dataEncipherment'],
    ],
    ['leaf-has-purpose', { ...LEAF, extendedKeyUsage: [] }, CA, ['extended key usages']],
    [
      'path-length-of-authority',
      { ...LEAF, basicConstraints: { ca: false, pathLength: 0 } },
      CA,
      ['path length'],
    ],
    [
      'path-length-of-authority',
      { ...CA, basicConstraints: { ca: true, pathLength: -1 } },
      'self',
      ['path length -1'],
    ],
    [
      'path-length-of-authority',
      { ...CA, basicConstraints: { ca: true, pathLength: 0.5 } },
      'self',
      ['path length 0.5'],
    ],
    [
      'path-length-of-authority',
      { ...CA, basicConstraints: { ca: true, pathLength: 0x80000000 } },
      'self',
      ['path length 2147483648'],
    ],
    ['authority-identified', CA_WITHOUT_IDENTIFIER, 'self', ['subject key identifier']],
    [
      'authority-key-identifier-matches',
      WITHOUT_AUTHORITY_KEY_IDENTIFIER,
      CA,
      ['no authority key identifier'],
    ],
    [
      'authority-key-identifier-matches',
      { ...LEAF, authorityKeyIdentifier: new Uint8Array(20) },
      CA,
      ["not the CA's"],
    ],
    ['server-named', { ...LEAF, altNames: [] }, CA, ['no SAN']],
    ['alt-names-unique', withDns('a', 'b', 'a'), CA, ['DNS:a']],
    ['alt-names-permitted', withDns('e1'), KEPT_CA, ['DNS name "e1" is not permitted']],
    ['alt-names-permitted', withIp(4, '10.0.0.1'), KEPT_CA, ['IP address "10.0.0.1" is excluded']],
    ['alt-names-unique', withDns('a', 'b', 'a', 'b', 'c'), CA, ['DNS:a, DNS:b']],
    ['alt-names-well-formed', withDns('a.*.org'), CA, ['DNS:a.*.org']],
    ['alt-names-well-formed', withDns('a b', 'fine', 'c d'), CA, ['"DNS:a b", "DNS:c d"']],
    ['alt-names-well-formed', withDns('*'), CA, ['DNS:*']],
    ['alt-names-well-formed', withDns('E1'), CA, ['DNS:E1']],
    ['alt-names-well-formed', withDns('e1.'), CA, ['DNS:e1.']],
    ['alt-names-well-formed', withDns(''), CA, ['DNS:']],
    ['alt-names-well-formed', withDns('10.0.0.1'), CA, ['DNS:10.0.0.1']],
    ['alt-names-well-formed', withIp(4, '10.0.0.256'), CA, ['IP:10.0.0.256']],
    ['alt-names-well-formed', withIp(4, '::1'), CA, ['IP:::1']],
    ['alt-names-well-formed', withIp(6, '::ffff:10.0.0.1'), CA, ['IP:::ffff:10.0.0.1']],
    ['alt-names-well-formed', withIp(6, '0:0:0:0:0:0:0:1'), CA, ['IP:0:0:0:0:0:0:0:1']],
  ];

  it.each(refused)('%s: %#', (name, contents, issuer, words, options) => {
    const rule = LINT_RULES.find((candidate) => candidate.name === name);
    const [issue] = lintCertificate(contents, issuer, options).filter(({ code }) => code === name);
    expect(issue?.path).toBe('');
    for (const word of [...words, `(${rule?.source})`]) expect(issue?.message).toContain(word);
    expect(issue?.cure).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    [BEGIN, 253_402_300_800],
    [-631_152_001, BEGIN],
    [BEGIN, Number.NaN],
    [BEGIN, BEGIN + 0.5],
  ])('dates that cannot be written: %d to %d', (notBefore, notAfter) => {
    const issuer = {
      ...CA,
      validity: { notBefore: Number.NEGATIVE_INFINITY, notAfter: Number.POSITIVE_INFINITY },
    };
    const [issue] = lintCertificate(withValidity(notBefore, notAfter), issuer);
    expect(issue?.message).toContain('cannot be written');
  });

  it('says each date that cannot be written, as it is', () => {
    const messages = lintCertificate(withValidity(0.5, Number.NaN), CA).map(({ message }) => message);
    expect(messages[0]).toContain('0.5 and NaN seconds since 1970');
    const order = messages.find((message) => message.includes('not after its beginning'));
    expect(order).toContain(
      'ends at NaN seconds since 1970, which is not after its beginning at 0.5 seconds since 1970',
    );
  });

  it.each([
    ['a root without keyCertSign', { ...CA, keyUsage: ['digitalSignature'] }, 'self', 'authority-signs'],
    ['a leaf without key usage', { ...LEAF, keyUsage: [] }, CA, 'key-usage-present'],
    ['a CA that may not sign handshakes', { ...CA, keyUsage: ['cRLSign'] }, 'self', 'authority-signs'],
  ] as const)('breaks one rule alone: %s', (_, contents, issuer, name) => {
    const rule = LINT_RULES.find((candidate) => candidate.name === name);
    expect(lintCertificate(contents, issuer).map(({ message }) => message)).toEqual([
      expect.stringContaining(`(${rule?.source})`),
    ]);
  });

  it('has a case here for every rule', () => {
    const tried = new Set([...refused.map(([name]) => name), 'validity-representable']);
    expect(LINT_RULES.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('is named by its subject and by the path of the caller, and breaks rules in the order of its fields', () => {
    const issues = lintCertificate({ ...LEAF, serialNumber: Uint8Array.of(0), altNames: [] }, CA, {
      path: 'members[0]',
    });
    expect(issues).toEqual([
      {
        code: 'serial-number-positive',
        path: 'members[0]',
        message: 'The certificate of CN=e1,O=etcd has the serial number 0 (RFC 5280, 4.1.2.2).',
        cure: 'Draw a positive number, such as 16 random octets.',
      },
      {
        code: 'server-named',
        path: 'members[0]',
        message:
          'The certificate of CN=e1,O=etcd is for serverAuth and has no SAN, so that no client can match it with a host (RFC 9525, 2).',
        cure: 'Add the addresses and DNS names under which the server is reached.',
      },
    ]);
  });

  it('is named without a subject where it has none to show', () => {
    const [issue] = lintCertificate(
      { ...LEAF, subject: { der: Uint8Array.of(0x30, 0) }, serialNumber: Uint8Array.of(0) },
      CA,
    );
    expect(issue?.message).toMatch(/^The certificate has/);
    const [nameless] = lintCertificate({ ...LEAF, subject: [], serialNumber: Uint8Array.of(0) }, CA);
    expect(nameless?.message).toMatch(/^The certificate has/);
  });
});

function withValidity(notBefore: UnixTime, notAfter: UnixTime): CertificateContents {
  return { ...LEAF, validity: { notBefore, notAfter } };
}

function withSubject(subject: Parameters<typeof distinguishedName>[0]): CertificateContents {
  return { ...LEAF, subject: distinguishedName(subject) };
}

function withDns(...names: string[]): CertificateContents {
  return { ...LEAF, altNames: names.map((name) => ({ type: 'dns', name })) };
}

function withIp(version: 4 | 6, address: string): CertificateContents {
  return { ...LEAF, altNames: [{ type: 'ip', version, address }] };
}

function at(iso: string): UnixTime {
  return Date.parse(iso) / 1000;
}

function spki(key: ReturnType<typeof generateKeyPairSync>['publicKey']): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }));
}
