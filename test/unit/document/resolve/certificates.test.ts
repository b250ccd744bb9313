import { describe, expect, it } from 'vitest';
import type { CertificatesSpec } from '../../../../src/cluster-spec.js';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { MEMBER, refusals, refusedAt } from './document.js';

function read(certificates: object, rest: object = {}): CertificatesSpec {
  return parseClusterSpec({ members: [MEMBER], certificates, ...rest }).certificates;
}

describe('validity', () => {
  it('is seconds, whole ones', () => {
    expect(read({ validity: { ca: '1000h30m', leaf: '1.5s' } }).validity).toEqual({ ca: 3_601_800, leaf: 1 });
  });

  it.each([
    ['1s', []],
    ['999ms', ['certificates.validity.leaf duration-too-short']],
    ['0s', ['certificates.validity.leaf duration-too-short']],
  ])('a leaf of %s: %j', (leaf, expected) => {
    expect(refusedAt({ certificates: { validity: { leaf } } })).toEqual(expected);
  });

  it('is as long as Go can count, 292 years', () => {
    const longest = `${(2n ** 63n - 1n) / 3_600_000_000_000n}h`;
    expect(read({ validity: { ca: longest, leaf: longest } }).validity.leaf).toBe(2_562_047 * 3600);
    expect(refusedAt({ certificates: { validity: { ca: '2562048h' } } })).toEqual([
      'certificates.validity.ca not-a-duration',
    ]);
  });

  it('is compared with nothing that is not a duration', () => {
    expect(refusedAt({ certificates: { validity: { ca: '10y' } } })).toEqual([
      'certificates.validity.ca not-a-duration',
    ]);
    expect(refusedAt({ certificates: { validity: { ca: '0s', leaf: '-1h' } } })).toEqual([
      'certificates.validity.ca duration-too-short',
      'certificates.validity.leaf duration-too-short',
    ]);
  });

  it.each([
    ['30d', 720],
    ['1day', 24],
    ['365days', 8760],
    ['2y', 17_520],
    ['10years', 87_600],
    ['soon', 8760],
    ['x5d', 8760],
    ['5dx', 8760],
  ])('%s has a cure in hours: %dh', (ca, hours) => {
    expect(refusals({ certificates: { validity: { ca } } })[0]).toContain(
      `Write a Go duration such as ${hours}h.`,
    );
  });

  it("of a leaf may be its CA's, and longer only where it is clamped or the CA is brought", () => {
    const longer = { ca: '24h', leaf: '24h1s' };
    const ca = { certificate: 'ca.crt', key: 'ca.key' };
    expect(refusedAt({ certificates: { validity: { ca: '24h', leaf: '24h' } } })).toEqual([]);
    expect(refusedAt({ certificates: { validity: longer } })).toEqual([
      'certificates.validity.leaf outlives-authority',
    ]);
    expect(refusedAt({ certificates: { validity: longer, beyondAuthority: 'clamp' } })).toEqual([]);
    expect(refusedAt({ certificates: { validity: longer, ca } })).toEqual([]);
  });
});

describe('subject', () => {
  it('is what was written, the country in capitals', () => {
    const subject = { C: 'gb', ST: 'Cambridge', L: 'England', O: 'Größe & Söhne', OU: '💡'.repeat(64) };
    expect(read({ subject }).subject).toEqual({ ...subject, C: 'GB' });
    expect(read({ subject: { OU: 'etcd' } }).subject).toEqual({ OU: 'etcd' });
  });

  it.each([
    ['ST', 128],
    ['L', 128],
    ['O', 64],
    ['OU', 64],
  ])('%s has at most %d characters (RFC 5280, A.1)', (attribute, bound) => {
    const place = `certificates.subject.${attribute}`;
    expect(refusedAt({ certificates: { subject: { [attribute]: '💡'.repeat(bound) } } })).toEqual([]);
    expect(refusedAt({ certificates: { subject: { [attribute]: 'a'.repeat(bound + 1) } } })).toEqual([
      `${place} subject-too-long`,
    ]);
    for (const character of ['\0', '\n', '\u007f', '\u0085', '\ud800'])
      expect(refusedAt({ certificates: { subject: { [attribute]: `a${character}b` } } })).toEqual([
        `${place} control-character`,
      ]);
  });
});

describe('authorities', () => {
  const pair = { certificate: 'ca.crt', key: 'ca.key' };

  it('are kept as written', () => {
    expect(read({ ca: pair, peerCa: pair })).toMatchObject({ ca: pair, peerCa: pair });
    expect(Object.keys(read({}))).not.toContain('ca');
    expect(Object.keys(read({}))).not.toContain('peerCa');
  });

  it('sign nothing without TLS', () => {
    expect(refusedAt({ certificates: { tls: 'none', ca: pair, peerCa: pair, caKeyOn: ['e1'] } })).toEqual([
      'certificates.ca authority-without-tls',
      'certificates.peerCa authority-without-tls',
      'certificates.caKeyOn authority-without-tls',
    ]);
  });

  it("are the peers' own only where the preset has one for them", () => {
    expect(refusedAt({ preset: 'hardened', certificates: { peerCa: pair } })).toEqual([]);
    expect(refusedAt({ preset: 'kubeadm', certificates: { peerCa: pair } })).toEqual([
      'certificates.peerCa preset-without-peer-ca',
    ]);
    expect(refusedAt({ preset: 'kubeadm', certificates: { ca: pair } })).toEqual([]);
  });

  it('give their key to members alone', () => {
    expect(read({ caKeyOn: ['e1'] }).caKeyOn).toEqual(['e1']);
    expect(refusals({ certificates: { caKeyOn: ['e1', 'E1'] } })).toEqual([
      'certificates.caKeyOn[1] no-such-member: Did you mean e1?',
    ]);
  });
});

it('names of every server are SANs, each refused in its place', () => {
  expect(read({ altNames: ['*.example.org', '::FFFF:a'] }).altNames).toEqual([
    { type: 'dns', name: '*.example.org' },
    { type: 'ip', version: 6, address: '::ffff:a' },
  ]);
  expect(refusedAt({ certificates: { altNames: ['a', '0.0.0.0', 'a b'] } })).toEqual([
    'certificates.altNames[1] unspecified-alt-name',
    'certificates.altNames[2] not-an-alt-name',
  ]);
});
