import { beforeAll, expect, it } from 'vitest';
import type { HostRoot } from '../../../src/host/host-root.js';
import { explainMessage } from '../../../src/verify/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { type Part, sequence, TRUE, text, tlv } from './bytes.js';
import {
  ADDRESS,
  AT,
  AUTHORITY_CONSTRAINTS,
  AUTHORITY_USAGE,
  altNames,
  authorityKey,
  commonName,
  dnsName,
  ecKey,
  extension,
  forgeAuthority,
  forgeLeaf,
  ipAddress,
  keyIdentifier,
  LEAF_EXTENSIONS,
  LOOPBACK,
  name,
} from './forge.js';
import { askGo } from './go.js';
import { AUTHORITY, forgedMember, SERVER_CERTIFICATE, SERVER_KEY, verifyMember } from './member.js';

const permitted = (...names: readonly Part[]): Buffer => tlv(0xa0, ...names.map((it) => sequence(it)));
const excluded = (...names: readonly Part[]): Buffer => tlv(0xa1, ...names.map((it) => sequence(it)));
const email = (value: string): Buffer => text(0x81, value);
const uri = (value: string): Buffer => text(0x86, value);
const TEN = ipAddress(10, 0, 0, 0, 255, 0, 0, 0);
const ELEVEN = ipAddress(11, 0, 0, 0, 255, 0, 0, 0);
const HOST_BITS = ipAddress(10, 9, 8, 7, 255, 0, 0, 0);
const FD00 = tlv(
  0x87,
  Buffer.from('fd000000000000000000000000000000ffff0000000000000000000000000000', 'hex'),
);
const FD00_1 = tlv(0x87, Buffer.from('fd000000000000000000000000000001', 'hex'));

/** What the authority is kept to, and what else it signs for besides 10.0.0.1. */
const ROWS: readonly (readonly [string, readonly Part[], readonly Part[]])[] = [
  ['the range of the address', [permitted(TEN)], []],
  ['a range written with host bits', [permitted(HOST_BITS)], []],
  ['another range', [permitted(ELEVEN)], []],
  ['two ranges', [permitted(ELEVEN, TEN)], []],
  ['the range, and loopback besides', [permitted(TEN)], [LOOPBACK]],
  ['the range, and an IPv6 address besides', [permitted(TEN)], [FD00_1]],
  ['both ranges', [permitted(TEN, FD00)], [FD00_1]],
  ['all but the range', [excluded(TEN)], []],
  ['all but another range', [excluded(ELEVEN)], []],
  ['every address', [permitted(ipAddress(0, 0, 0, 0, 0, 0, 0, 0))], []],
  ['no address', [excluded(ipAddress(0, 0, 0, 0, 0, 0, 0, 0))], []],
  ['DNS names alone, and there are none', [permitted(dnsName('example.org'))], []],
  ['a domain', [permitted(dnsName('example.org'))], [dnsName('e1.example.org')]],
  ['a domain, and itself', [permitted(dnsName('example.org'))], [dnsName('example.org')]],
  ['a domain in other letters', [permitted(dnsName('Example.ORG'))], [dnsName('e1.example.org')]],
  ['what is below a domain', [permitted(dnsName('.example.org'))], [dnsName('e1.example.org')]],
  ['what is below a domain, and itself', [permitted(dnsName('.example.org'))], [dnsName('example.org')]],
  ['a domain that ends alike', [permitted(dnsName('example.org'))], [dnsName('badexample.org')]],
  ['a domain, and localhost', [permitted(dnsName('example.org'))], [dnsName('localhost')]],
  ['a domain, and a wildcard', [permitted(dnsName('example.org'))], [dnsName('*.example.org')]],
  ['a host, and a wildcard over it', [permitted(dnsName('a.example.org'))], [dnsName('*.example.org')]],
  [
    'all but a host, and a wildcard over it',
    [excluded(dnsName('a.example.org'))],
    [dnsName('*.example.org')],
  ],
  ['all but a domain', [excluded(dnsName('example.org'))], [dnsName('e1.example.org')]],
  ['all but another domain', [excluded(dnsName('example.com'))], [dnsName('e1.example.org')]],
  [
    'a domain but for a part',
    [permitted(dnsName('example.org')), excluded(dnsName('x.example.org'))],
    [dnsName('e1.x.example.org')],
  ],
  ['every DNS name', [permitted(dnsName(''))], [dnsName('e1')]],
  ['no DNS name', [excluded(dnsName(''))], [dnsName('e1')]],
  ['a domain, and a name with a dot at its end', [permitted(TEN)], [dnsName('e1.example.org.')]],
  ['a domain, and a name with NUL', [permitted(TEN)], [dnsName('e1\u0000.example.org')]],
  ['an address, and an empty name', [permitted(TEN)], [dnsName('')]],
  ['an address, and a mailbox', [permitted(TEN)], [email('root@example.org')]],
  ['a mailbox', [permitted(email('root@example.org'))], [email('root@EXAMPLE.org')]],
  ['another mailbox', [permitted(email('root@example.org'))], [email('toor@example.org')]],
  ['mailboxes of a domain', [permitted(email('example.org'))], [email('root@example.org')]],
  ['mailboxes of another domain', [permitted(email('example.com'))], [email('root@example.org')]],
  ['an address, and no mailbox', [permitted(TEN)], [email('nobody')]],
  ['a domain of URIs', [permitted(uri('example.org'))], [uri('https://e1.example.org:2379/x')]],
  ['another domain of URIs', [permitted(uri('example.com'))], [uri('https://e1.example.org/')]],
  ['all but a domain of URIs', [excluded(uri('example.org'))], [uri('https://E1.example.org/')]],
  ['an address, and a URI without a host', [permitted(TEN)], [uri('urn:x')]],
  ['an address, and a URI with an address', [permitted(TEN)], [uri('https://10.0.0.1/')]],
  ['an address, and a URI with an IPv6 address', [permitted(TEN)], [uri('https://[fd00::1]:2379/')]],
  ['directory names', [permitted(tlv(0xa4, name(commonName('e1'))))], []],
  ['a mask with a hole', [permitted(ipAddress(10, 0, 0, 0, 255, 0, 255, 0))], []],
  ['a range of five octets', [permitted(ipAddress(10, 0, 0, 0, 8))], []],
  ['a domain with a dot at its end', [permitted(dnsName('example.org.'))], []],
  ['a domain of URIs that is an address', [permitted(uri('10.0.0.1'))], []],
  ['a domain beyond ASCII', [permitted(dnsName('gr\u00fc\u00df.example'))], []],
  [
    'all but a part of a domain and the domain',
    [excluded(dnsName('x.example.org'), dnsName('example.org'))],
    [dnsName('e1.x.example.org')],
  ],
  [
    'all but what is below a domain, and the domain',
    [excluded(dnsName('.Example.org'), dnsName('EXAMPLE.org'))],
    [dnsName('e1.Example.org')],
  ],
  [
    'domains that sort around each other',
    [permitted(dnsName('a.com'), dnsName('a-a.com'), dnsName('b.a.a.com'), dnsName('aa.com'))],
    [dnsName('x.a.a.com'), dnsName('a-a.com'), dnsName('x.aa.com'), dnsName('A.COM')],
  ],
  [
    'domains that sort around a name',
    [permitted(dnsName('a.com'), dnsName('a-a.com'), dnsName('c.com'))],
    [dnsName('a.a.com'), dnsName('b.com')],
  ],
  [
    'all but two hosts, and a wildcard over both',
    [excluded(dnsName('b.Example.org'), dnsName('A.example.org'))],
    [dnsName('*.EXAMPLE.org')],
  ],
  ['all but a host, and half a wildcard', [excluded(dnsName('a.example.org'))], [dnsName('*b.example.org')]],
  ['all but a label, and a wildcard alone', [excluded(dnsName('org'))], [dnsName('*')]],
  ['all but what is below, and a wildcard', [excluded(dnsName('.example.org'))], [dnsName('*.example.org')]],
  [
    'every DNS name but one',
    [permitted(dnsName('org'), dnsName('')), excluded(dnsName('e1'))],
    [dnsName('e1')],
  ],
  ['all but a mailbox', [excluded(email('root@EXAMPLE.org'))], [email('root@Example.org')]],
  [
    'all but a domain of mailboxes',
    [excluded(email('toor@example.org'), email('.org'), email('Example.org'))],
    [email('root@x.Example.org')],
  ],
  ['another mailbox in other letters', [permitted(email('Root@example.org'))], [email('root@EXAMPLE.org')]],
  ['a mailbox and a domain of others', [permitted(email('a@b.org'), email('c.org'))], [email('x@b.org')]],
  ['a range and a narrower one', [permitted(ELEVEN, ipAddress(10, 0, 0, 0, 255, 255, 0, 0), TEN)], []],
  [
    'all but a range in a range',
    [
      excluded(
        ELEVEN,
        ipAddress(10, 0, 0, 0, 255, 255, 0, 0),
        TEN,
        ipAddress(10, 0, 0, 1, 255, 255, 255, 255),
      ),
    ],
    [],
  ],
  [
    'a range written with host bits, and one before',
    [permitted(ipAddress(9, 0, 0, 0, 255, 0, 0, 0), HOST_BITS)],
    [],
  ],
  ['a range written with host bits, and one behind', [permitted(HOST_BITS, ELEVEN)], []],
  [
    'all but two ranges written with host bits',
    [excluded(HOST_BITS, ipAddress(10, 1, 2, 3, 255, 255, 0, 0))],
    [],
  ],
  [
    'the address and its neighbour',
    [permitted(ipAddress(10, 0, 0, 2, 255, 255, 255, 255), ipAddress(10, 0, 0, 1, 255, 255, 255, 255))],
    [],
  ],
  ['nothing', [], []],
  ['octets behind', [permitted(TEN), Buffer.from([5, 0])], []],
];

describeWithPrograms(['go-x509'], 'an authority that is kept to', (program) => {
  let member: HostRoot;

  beforeAll(async () => {
    member = await forgedMember();
  });

  it.each(['critical', 'not critical'] as const)('names, as Go judges it, %s', async (critical) => {
    const made = ROWS.map(([title, constraints, more]) => {
      const mark = critical === 'critical' ? TRUE : [];
      const roots = forgeAuthority({
        extensions: [
          AUTHORITY_USAGE,
          AUTHORITY_CONSTRAINTS,
          keyIdentifier(authorityKey),
          extension('2.5.29.30', sequence(...constraints), mark),
        ],
      }).certificate;
      return { title, roots, ...forgeLeaf({ extensions: [...LEAF_EXTENSIONS, altNames(ADDRESS, ...more)] }) };
    });
    const answers = askGo(
      program('go-x509').path,
      made.map(({ certificate, key, roots }) => ({
        ask: 'handshake',
        certificate,
        key,
        roots,
        at: AT,
        host: '10.0.0.1',
      })),
    );
    const seen: unknown[] = [];
    const wanted: unknown[] = [];
    for (const [index, { title, roots, certificate, key }] of made.entries()) {
      const files = { [AUTHORITY]: roots, [SERVER_CERTIFICATE]: certificate, [SERVER_KEY]: key };
      const errors = (await verifyMember(member, files)).filter(
        ({ level, path }) => level === 'error' && (path.endsWith('server.crt') || path.endsWith('ca.crt')),
      );
      const says = answers[index]?.says ?? 'no answer';
      const isName = says.includes('not authorized to sign for this name');
      seen.push({
        title,
        says: errors.some(({ etcdSays }) => etcdSays === says)
          ? says
          : errors.map(({ etcdSays }) => etcdSays),
        rule: errors.find(({ etcdSays }) => etcdSays === says)?.rule,
        explained: isName ? explainMessage(says).explanations[0]?.id : undefined,
      });
      wanted.push({
        title,
        says: says === '' ? [] : says,
        rule: says === '' ? undefined : isName ? 'name-constraints' : expect.any(String),
        explained: isName ? 'certificate-name-constraints' : undefined,
      });
    }
    expect(seen).toEqual(wanted);
    const refused = answers.filter(({ says }) => says !== '').length;
    expect(refused).toBeGreaterThan(15);
    expect(refused).toBeLessThan(ROWS.length - 15);
  });

  it.each([
    ['the range of the address', TEN],
    ['another range', ELEVEN],
  ])('names, being an intermediate one: %s', async (_, range) => {
    const [rootKey, rootName] = [ecKey(), name(commonName('root'))];
    const roots = forgeAuthority({ subject: rootName, issuer: rootName }, rootKey).certificate;
    const constraints = extension('2.5.29.30', sequence(permitted(range)), TRUE);
    const between = forgeAuthority(
      { issuer: rootName, extensions: [AUTHORITY_USAGE, AUTHORITY_CONSTRAINTS, constraints] },
      authorityKey,
      rootKey,
    );
    const leaf = forgeLeaf({ extensions: [...LEAF_EXTENSIONS, altNames(ADDRESS)] });
    const certificate = leaf.certificate + between.certificate;
    const [answer] = askGo(program('go-x509').path, [
      { ask: 'handshake', certificate, key: leaf.key, roots, at: AT, host: '10.0.0.1' },
    ]);
    const files = { [AUTHORITY]: roots, [SERVER_CERTIFICATE]: certificate };
    const told = (await verifyMember(member, files)).filter(
      ({ rule, path }) => rule === 'name-constraints' && path.endsWith('server.crt'),
    );
    expect(told.map(({ etcdSays }) => etcdSays)).toEqual(range === TEN ? [] : [answer?.says]);
    expect(answer?.says === '').toBe(range === TEN);
  });
});
