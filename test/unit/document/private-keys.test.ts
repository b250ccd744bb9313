import { describe, expect, it } from 'vitest';
import { parseClusterDocument, parseClusterSpec, parseStoredDocument } from '../../../src/document/parse.js';
import { isEtcdBundleError } from '../../../src/errors.js';

/** No key: its octets are zeros. */
const KEY = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n';
const members = [{ name: 'e1', address: '10.0.0.1' }];

describe('a private key in a document', () => {
  it.each([
    [
      'a comment',
      `# ${KEY.replaceAll('\n', '\n# ')}\nmembers: [{name: e1, address: 10.0.0.1}]`,
      'Line 1 contains',
    ],
    ['a value', `members:\n  - name: ${JSON.stringify(KEY)}`, 'Line 2 contains'],
    ['text that is no YAML', `members: [\n\n${KEY}`, 'Line 3 contains'],
  ])('as %s is refused by its line alone', (_, text, message) => {
    expect(issuesOf(() => parseClusterDocument(text))).toMatchObject([
      { code: 'private-key-in-document', path: '', message: expect.stringContaining(message) },
    ]);
  });

  it('is not looked for again in what a bundle has, unless something is wrong with that', () => {
    const text = `# ${KEY.replaceAll('\n', '\n# ')}\nmembers: [{name: e1, address: 10.0.0.1}]`;
    expect(parseStoredDocument(text).members).toHaveLength(1);
    for (const wrong of ['\npreset: none', '\npreset: ['])
      expect(issuesOf(() => parseStoredDocument(text + wrong))).toMatchObject([
        { code: 'private-key-in-document', path: '' },
      ]);
  });

  it.each([
    ['members[0].name', { members: [{ name: KEY, address: '10.0.0.1' }] }],
    ['etcd.settings', { members, etcd: { settings: { [KEY]: 1 } } }],
    ['etcd.settings["a b"].c[1]', { members, etcd: { settings: { 'a b': { c: [1, KEY] } } } }],
    ['etcd["\\u001b[2J\\u202e"]', { members, etcd: { '\u001b[2J\u202e': KEY } }],
    ['etcd["a\\"].b"]', { members, etcd: { 'a"].b': { [KEY]: { [KEY]: KEY } } } }],
    ['', { [KEY]: { a: KEY } }],
    ['', KEY],
  ])('as data at "%s" is refused by its path alone', (path, document) => {
    const issues = issuesOf(() => parseClusterSpec(document));
    expect(issues).toMatchObject([{ code: 'private-key-in-document', path }]);
    expect(JSON.stringify(issues)).not.toContain('AAAA');
    expect(issues[0]?.message).toContain(`${path === '' ? 'document' : path} contains a private key.`);
    expect(issues[0]?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])(
    'is known as %s',
    (label) => {
      expect(issuesOf(() => parseClusterDocument(`# -----BEGIN ${label}-----`))).toHaveLength(1);
      expect(issuesOf(() => parseClusterSpec({ members, name: `-----BEGIN ${label}` }))).toMatchObject([
        { path: 'name', message: 'name contains a private key.' },
      ]);
    },
  );

  it('is not seen in certificates, and looked for in data of any depth that may hold itself', () => {
    const loop: Record<string, unknown> = { members };
    loop['etcd'] = loop;
    expect(issuesOf(() => parseClusterSpec(loop))[0]?.message).not.toContain('private key');
    let deep: unknown = KEY;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(issuesOf(() => parseClusterSpec(deep))).toMatchObject([{ path: '[0]'.repeat(50_000) }]);
    expect(() =>
      parseClusterDocument('# -----BEGIN CERTIFICATE-----\nmembers: [{name: e1, address: 10.0.0.1}]'),
    ).not.toThrow();
  });
});

function issuesOf(parse: () => unknown) {
  try {
    parse();
  } catch (error) {
    if (isEtcdBundleError(error)) return error.issues;
    throw error;
  }
  throw new Error('it was accepted');
}
