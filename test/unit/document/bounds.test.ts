import { describe, expect, it } from 'vitest';
import { beyondBounds } from '../../../src/document/bounds.js';
import { parseTokens } from '../../../src/document/yaml/nesting.js';
import { isEtcdBundleError, parseClusterDocument, parseClusterSpec } from '../../../src/index.js';
import { isLong } from '../../support/long-tests.js';

const member = (index: number): string =>
  `{name: m${index}, address: 10.${index >> 16}.${(index >> 8) & 255}.${index & 255}}`;
const list = (length: number, entry: (index: number) => string): string =>
  `[${Array.from({ length }, (_, index) => entry(index + 256)).join()}]`;

it.each([
  ['members', (length: number) => `members: ${list(length, member)}`],
  [
    'clients',
    (length: number) => `members: [${member(1)}]\nclients: ${list(length, (index) => `{name: c${index}}`)}`,
  ],
  [
    'certificates.altNames',
    (length: number) =>
      `members: [${member(1)}]\ncertificates: {altNames: ${list(length, (index) => `n${index}.example.org`)}}`,
  ],
])('a document has at most 1000 entries in %s', (path, document) => {
  expect(parseClusterDocument(document(1000))).toBeDefined();
  try {
    parseClusterDocument(document(1001));
    expect.unreachable();
  } catch (error) {
    expect(isEtcdBundleError(error) ? error.issues : error).toMatchObject([
      {
        code: 'too-many-entries',
        path,
        message: expect.stringContaining('has 1001 entries'),
        cure: 'Write at most 1000.',
      },
    ]);
  }
});

const issuesOf = (read: () => unknown) => {
  try {
    read();
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues;
  }
};
const e1 = (keys: string): string => `members: [{name: e1, ${keys}}]\n`;
const name = (index: number): string => `n${index}.example.org`;

it.each([
  ['members[0].address', (length: number) => e1(`address: ${list(length, name)}`)],
  ...[
    'listenClientUrls',
    'advertiseClientUrls',
    'listenPeerUrls',
    'initialAdvertisePeerUrls',
    'listenMetricsUrls',
  ].map((key): [string, (length: number) => string] => [
    `members[0].${key}`,
    (length) => e1(`address: 10.0.0.1, ${key}: ${list(length, (index) => `https://10.0.0.1:${index}`)}`),
  ]),
])('a member has at most 32 entries in %s', (path, document) => {
  const codes = (length: number) =>
    issuesOf(() => parseClusterDocument(document(length))).flatMap(({ code, path, cure }) =>
      code === 'too-many-entries' ? [[path, cure]] : [],
    );
  expect(codes(32)).toEqual([]);
  expect(codes(33)).toEqual([[path, 'Write at most 32.']]);
});

describe('of a document that is far too large', () => {
  it.each([
    ['members[0].address', e1(`address: ${list(isLong ? 50_000 : 5000, name)}`)],
    ['members[0].altNames', e1(`address: 10.0.0.1, altNames: ${list(1001, name)}`)],
    ['certificates.caKeyOn', `${e1('address: 10.0.0.1')}certificates: {caKeyOn: ${list(1001, String)}}`],
    [
      'systemd.directives.Service.ExecStartPre',
      `${e1('address: 10.0.0.1')}systemd: {directives: {Service: {ExecStartPre: ${list(1001, String)}}}}`,
    ],
    [
      'etcd.settings',
      `${e1('address: 10.0.0.1')}etcd: {settings: {${Array.from({ length: 1001 }, (_, i) => `s${i}: 1`).join()}}}`,
    ],
    ['', Array.from({ length: 1001 }, (_, index) => `k${index}: 1`).join('\n')],
  ])('nothing is told but where: %s', (path, text) => {
    expect(issuesOf(() => parseClusterDocument(text))).toMatchObject([
      { code: 'too-many-entries', path, cure: 'Write at most 1000.' },
    ]);
  });

  it('no more lexemes are made than a document needs', () => {
    const text = `members: [${'1,'.repeat(520_000)}1]`;
    const lines: number[] = [];
    expect(parseTokens(text, 32, (offset) => void lines.push(offset))).toEqual({ type: 'too-long' });
    expect(issuesOf(() => parseClusterDocument(text))).toMatchObject([
      { code: 'too-many-entries', path: '' },
    ]);
  });

  it('no more values are looked at than a document needs', () => {
    let seen = 0;
    const inner = new Proxy([1], {
      ownKeys: (target) => {
        seen += 1;
        return Reflect.ownKeys(target);
      },
    });
    const shared = Array.from({ length: 1000 }, () => inner);
    const document = { members: Array.from({ length: 1000 }, () => shared) };
    expect(beyondBounds(document)).toMatchObject([{ code: 'too-many-entries', path: '' }]);
    expect(seen).toBeLessThan(100_001);
  });

  it('a text that is longer than any document is not parsed', () => {
    const text = `members: []\n#${'x'.repeat(2 ** 20)}`;
    expect(issuesOf(() => parseClusterDocument(text))).toMatchObject([{ code: 'file-too-large', path: '' }]);
  });

  it('data that holds itself comes to an end', () => {
    const members: unknown[] = [];
    members.push(members, members);
    expect(issuesOf(() => parseClusterSpec({ members }))).toMatchObject([{ code: 'too-many-entries' }]);
  });
});

it('a thousand issues are listed, and the rest is counted', () => {
  const issues = issuesOf(() =>
    parseClusterDocument(`members: ${list(900, String)}\nclients: ${list(900, String)}`),
  );
  expect(issues).toHaveLength(1001);
  expect(issues.at(-1)).toMatchObject({
    code: 'issues-left-out',
    path: '',
    message: '800 more faults of this document are not listed.',
  });
});
