import { describe, expect, it } from 'vitest';
import { hostNameFault } from '../../../../src/verify/trust/host-name.js';
import { type PeerSource, sourceFault } from '../../../../src/verify/trust/peer-source.js';
import type { CertificateView } from '../../../../src/x509/read/certificate.js';

function named(
  dnsNames: readonly string[],
  ipAddresses: readonly string[],
  commonName = '',
): CertificateView {
  return {
    id: '',
    der: new Uint8Array(),
    signed: new Uint8Array(),
    signature: new Uint8Array(),
    scheme: undefined,
    version: 3,
    subject: '',
    issuer: '',
    commonName,
    rawSubject: '',
    rawIssuer: '',
    serialNumber: '1',
    notBefore: 0,
    notAfter: 1,
    dnsNames,
    ipAddresses,
    publicKey: { type: 'other', algorithm: '' },
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    basicConstraints: undefined,
    unhandledCritical: [],
    nameConstraints: undefined,
    emailAddresses: [],
    uris: [],
    altNames: new Uint8Array(),
    subjectKeyIdentifier: undefined,
    policies: undefined,
    requiresPolicy: false,
  };
}

describe('hostNameFault', () => {
  it.each([
    ['10.0.0.1', ['e1'], ['10.0.0.1'], undefined],
    ['fd00::1', [], ['fd00::1'], undefined],
    ['E1.example.org', ['e1.EXAMPLE.org'], [], undefined],
    ['a.example.org', ['*.example.org'], [], undefined],
    [
      'a.b.example.org',
      ['*.example.org'],
      [],
      'x509: certificate is valid for *.example.org, not a.b.example.org',
    ],
    [
      '10.0.0.1',
      ['10.0.0.1'],
      [],
      "x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs",
    ],
    ['10.0.0.2', [], ['10.0.0.1'], 'x509: certificate is valid for 10.0.0.1, not 10.0.0.2'],
    ['e2', ['e1'], [], 'x509: certificate is valid for e1, not e2'],
    ['e2', [], ['10.0.0.1'], 'x509: certificate is not valid for any names, but wanted to match e2'],
  ] as const)('%s', (host, dns, ips, says) => {
    expect(hostNameFault(named(dns, ips), host)).toBe(says);
  });

  it('never takes the common name', () => {
    expect(hostNameFault(named([], [], 'e1'), 'e1')).toBe(
      'x509: certificate relies on legacy Common Name field, use SANs instead',
    );
  });
});

describe('sourceFault', () => {
  const from = (addresses: readonly string[], names: readonly string[] = []): PeerSource => ({
    addresses,
    names,
    foreignNames: ['e2.example.org'],
  });

  it.each([
    ['no names at all', named([], []), from(['10.0.0.1']), undefined],
    ['its address', named(['elsewhere'], ['10.0.0.1']), from(['10.0.0.1']), undefined],
    ['one of several addresses', named([], ['10.0.0.2']), from(['10.0.0.1', '10.0.0.2']), undefined],
    ['localhost on loopback', named(['localhost'], ['10.0.0.9']), from(['127.0.0.1']), undefined],
    ['its own DNS name', named(['e1.example.org'], ['127.0.0.1']), from([], ['e1.example.org']), undefined],
    ['another address alone', named([], ['10.0.0.9']), from(['10.0.0.1']), true],
    ['a bare name of nobody', named(['e3', 'localhost'], ['10.0.0.9']), from(['10.0.0.1']), true],
    ["another member's name", named(['e2.example.org'], []), from(['10.0.0.1']), true],
    ['a name that DNS may have', named(['e1.example.org'], []), from(['10.0.0.1']), false],
    ['a wildcard', named(['*.example.org'], []), from([], ['e1.example.org']), false],
  ])('%s', (_, certificate, source, certain) => {
    expect(sourceFault(certificate, source)?.certain).toBe(certain);
  });

  it('says what etcd says', () => {
    expect(sourceFault(named(['e3', 'localhost'], []), from(['10.1.1.92']))?.says).toBe(
      'tls: "10.1.1.92" does not match any of DNSNames ["e3" "localhost"]',
    );
    expect(sourceFault(named([], ['10.0.0.9']), from(['10.0.0.1']))?.says).toBe(
      'x509: certificate is valid for 10.0.0.9, not 10.0.0.1',
    );
  });
});
