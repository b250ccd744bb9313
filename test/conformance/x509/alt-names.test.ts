import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { X509Certificate as PeculiarCertificate, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError, parseClusterSpec } from '../../../src/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { askGo } from './go.js';
import { issueAt, single } from './issued.js';

const NOW = 1_800_000_000;
const LABEL = 'a'.repeat(63);
const LONGEST = `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(61)}`;
/** What every server certificate of kubeadm's has besides. */
const OWN_DNS = ['e1', 'localhost'];
const OWN_IPS = ['10.0.0.1', '127.0.0.1', '::1'];

const many = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    index % 3 === 0
      ? `10.1.${index >> 8}.${index & 255}`
      : index % 3 === 1
        ? `fd00::${(index + 1).toString(16)}`
        : `n${index}.example.org`,
  );

/** As written, and as they come back, DNS names sorted and addresses in the order written. */
const ROWS: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  ['one', ['lb.example.org'], ['lb.example.org'], []],
  [
    'what the member has already, in other spellings',
    ['LB.example.org', 'FD00:0:0::1', '10.0.0.1', 'E1'],
    ['lb.example.org'],
    ['fd00::1'],
  ],
  [
    'the longest label and the longest name',
    [`${LABEL}.example`, LONGEST],
    [LONGEST, `${LABEL}.example`],
    [],
  ],
  [
    'wildcards',
    ['*.example.org', '*.xn--bcher-kva.example'],
    ['*.example.org', '*.xn--bcher-kva.example'],
    [],
  ],
  ['upper case and hyphens', ['A-B--C.EXAMPLE'], ['a-b--c.example'], []],
  [
    'IPv6 in its forms',
    [
      '2001:DB8::',
      '2001:0db8:0000:0000:0001:0000:0000:0001',
      '::2',
      'fe00::1:0:0:1',
      '1:2:3:4:5:6:7:8',
      '64:ff9b::192.0.2.33',
    ],
    [],
    ['2001:db8::', '2001:db8::1:0:0:1', '::2', 'fe00::1:0:0:1', '1:2:3:4:5:6:7:8', '64:ff9b::c000:221'],
  ],
  ['an IPv4 address in IPv6, which is that one', ['::ffff:192.0.2.7'], [], ['192.0.2.7']],
  [
    'a hundred',
    many(100),
    many(100).filter((it) => it.endsWith('org')),
    many(100).filter((it) => !it.endsWith('org')),
  ],
  [
    'a thousand',
    many(1000),
    many(1000).filter((it) => it.endsWith('org')),
    many(1000).filter((it) => !it.endsWith('org')),
  ],
];

describeWithPrograms(['openssl', 'go-x509', 'certtool', 'zlint'], 'alternative names', (program) => {
  it.each(ROWS)('%s', async (_, altNames, dns, ips) => {
    const pki = await issueAt(NOW, single({ altNames: [...altNames] }));
    const leaf = pki.leaves.find(({ plan }) => plan.role === 'server');
    const roots = pki.authorities[0]?.certificate ?? '';
    if (leaf === undefined) throw new Error('no server certificate');
    const wantedDns = [...OWN_DNS, ...dns].sort();
    const wantedIps = [...OWN_IPS, ...ips];
    const [go] = askGo(program('go-x509').path, [{ ask: 'certificate', certificate: leaf.certificateDer }]);
    expect(go?.certificate?.dnsNames).toEqual(wantedDns);
    expect(go?.certificate?.ipAddresses).toEqual(wantedIps);
    const node = (new X509Certificate(leaf.certificate).subjectAltName ?? '').split(', ');
    expect(node.filter((it) => it.startsWith('DNS:')).map((it) => it.slice('DNS:'.length))).toEqual(
      wantedDns,
    );
    expect(node.filter((it) => it.startsWith('IP Address:'))).toHaveLength(wantedIps.length);
    const peculiar = new PeculiarCertificate(leaf.certificate).getExtension(SubjectAlternativeNameExtension);
    expect(peculiar?.names.items.map(({ value }) => value)).toEqual([...wantedDns, ...wantedIps]);
    const questions = [...wantedDns.filter((it) => !it.startsWith('*')), ...wantedIps].slice(-40);
    const answers = askGo(
      program('go-x509').path,
      questions.map((host) => ({
        ask: 'handshake',
        certificate: leaf.certificate,
        key: leaf.privateKey,
        roots,
        at: NOW,
        host,
      })),
    );
    expect(answers.map(({ says }) => says).filter((says) => says !== '')).toEqual([]);
    const said = execFileSync(program('certtool').path, ['--certificate-info'], {
      input: leaf.certificate,
      maxBuffer: 2 ** 26,
    }).toString();
    expect([...said.matchAll(/DNSname: (\S+)/g)].map(([, it]) => it)).toEqual(wantedDns);
    expect(said.match(/IPAddress: /g)).toHaveLength(wantedIps.length);
    const lint: Record<string, { result: string }> = JSON.parse(
      execFileSync(program('zlint').path, ['-includeSources', 'RFC5280'], {
        input: leaf.certificate,
        encoding: 'utf8',
      }),
    );
    expect(Object.entries(lint).filter(([, { result }]) => ['error', 'fatal'].includes(result))).toEqual([]);
  });
});

describe('what is no host is no alternative name', () => {
  it.each([
    `${'a'.repeat(64)}.example`,
    `a.${LONGEST}`,
    'a_b.example',
    'a..b',
    '.example.org',
    'example.org.',
    '-a.example',
    'a-.example',
    '*',
    'a.*.example',
    '**.example',
    'bücher.example',
    '\u212aelvin.example',
    'a b',
    'a\u0000b.example',
    'https://e1',
    'e1:2379',
    '10.0.0',
    '010.0.0.1',
    '10.0.0.256',
    '10.0.0.1/24',
    '1.2.3.4.5',
    '0x7f.1',
    '[::1]',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '::ffff:10.0.0.256',
    '',
  ])('%j', (name) => {
    const refuse = (): unknown => parseClusterSpec(single({ altNames: [name] }));
    expect(refuse).toThrow(/certificates\.altNames\[0\]/);
    try {
      refuse();
    } catch (error) {
      expect(isEtcdBundleError(error)).toBe(true);
    }
  });
});
