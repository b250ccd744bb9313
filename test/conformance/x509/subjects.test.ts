import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
// toLegacyObject() of Node 20 to 24 loads it by halves where nobody has before: tls.createSecureContext is missing from then on.
import 'node:tls';
import { X509Certificate as PeculiarCertificate } from '@peculiar/x509';
import { Certificate } from 'pkijs';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError, parseClusterSpec } from '../../../src/index.js';
import { readCertificate } from '../../../src/x509/read/certificate-reader.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { askGo } from './go.js';
import { issueAt, single } from './issued.js';

const NOW = 1_800_000_000;
const ORGANIZATION = '2.5.4.10';

/** Texts of an organization, each as it must come back. */
const TEXTS: readonly string[] = [
  'etcd',
  'Größe & Söhne',
  'a,b+c="d"\\<e>;#',
  '#hash',
  ' space around ',
  '  ',
  '=',
  'CN=other/O=evil',
  'quote " and backslash \\',
  "apostrophe's (all) +,-./:=?",
  'star * and at @ and _',
  '日本語',
  'Ελληνικά кириллица',
  'עברית ثم العربية',
  '\u202eright to left',
  'e\u0301 beside \u00e9',
  '👩‍👩‍👧‍👦 🇩🇪',
  '\u{10ffff}\u{1f600}',
  '\ufeffmark',
  '\ufffd',
  'ﬁ ﬀ Ⅷ',
  'x'.repeat(64),
  'ä'.repeat(64),
  '😀'.repeat(64),
];

describeWithPrograms(['openssl', 'go-x509', 'certtool'], 'a subject', (program) => {
  it.each(sample(TEXTS, 3))('comes back from every reader: %j', async (text) => {
    const pki = await issueAt(NOW, single({ subject: { O: text, OU: text, ST: text, L: text, C: 'de' } }));
    const [leaf] = pki.leaves;
    if (leaf === undefined) throw new Error('no leaf');
    const { certificateDer, certificate } = leaf;
    const [go] = askGo(program('go-x509').path, [{ ask: 'certificate', certificate: certificateDer }]);
    const values = ['DE', text, text, text, text, 'e1'];
    expect(go?.certificate?.subject.map(({ value }) => value)).toEqual(values);
    const pkijs = Certificate.fromBER(new Uint8Array(certificateDer)).subject.typesAndValues;
    expect(pkijs.map(({ value }) => value.valueBlock.value)).toEqual(values);
    const peculiar = new PeculiarCertificate(certificate).subjectName;
    expect(peculiar.getField(ORGANIZATION)).toEqual([text]);
    expect(new X509Certificate(certificate).toLegacyObject().subject).toMatchObject({ O: text, OU: text });
    const openssl = execFileSync(
      program('openssl').path,
      ['x509', '-noout', '-subject', '-nameopt', 'multiline,utf8,-esc_msb,-esc_ctrl'],
      { input: certificate, encoding: 'utf8' },
    );
    expect(openssl).toContain(`    organizationName          = ${text}\n`);
    expect(
      execFileSync(program('certtool').path, ['--certificate-info'], { input: certificate }).toString(),
    ).toContain('Subject:');
    const ours = readCertificate(certificateDer);
    const shown = execFileSync(
      program('openssl').path,
      ['x509', '-noout', '-subject', '-nameopt', 'RFC2253,-esc_msb,-esc_ctrl'],
      {
        input: certificate,
        encoding: 'utf8',
      },
    );
    expect(unescaped(ours.type === 'ok' ? ours.value.subject : ours.says)).toBe(
      unescaped(shown.trim().replace(/^subject=/, '')),
    );
    // PrintableString wherever its letters allow, as Go has it; UTF8String everywhere else (RFC 5280, 4.1.2.4).
    const printed = execFileSync(program('openssl').path, ['asn1parse'], {
      input: certificate,
      encoding: 'utf8',
    });
    const types = [...printed.matchAll(/OBJECT +:organizationName\n.*prim: (\w+)/g)].map(([, type]) => type);
    const wanted = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text) ? 'PRINTABLESTRING' : 'UTF8STRING';
    expect(new Set(types)).toEqual(new Set([wanted]));
  });
});

describe('the upper bounds of RFC 5280', () => {
  it.each([
    ['O', 64],
    ['OU', 64],
    ['ST', 128],
    ['L', 128],
  ] as const)('%s has %d characters and no more', (attribute, bound) => {
    for (const letter of ['x', 'ß', '😀']) {
      const spec = parseClusterSpec(single({ subject: { [attribute]: letter.repeat(bound) } }));
      expect(spec.certificates.subject[attribute]).toBe(letter.repeat(bound));
      expect(refusal({ subject: { [attribute]: letter.repeat(bound + 1) } })).toEqual([
        `certificates.subject.${attribute}`,
      ]);
    }
  });

  it.each(['', 'D', 'DEU', 'D1', 'ß', 'de ', '日本'])('C is two letters, and not %j', (country) => {
    expect(refusal({ subject: { C: country } })).toEqual(['certificates.subject.C']);
  });

  it.each(['O', 'OU', 'ST', 'L'] as const)('%s holds no control character and no half one', (attribute) => {
    for (const text of ['a\u0000b', 'a\nb', '\u007f', '\u0085', '\ud83d', '\ude00x'])
      expect(refusal({ subject: { [attribute]: text } })).toEqual([`certificates.subject.${attribute}`]);
  });

  it('a common name has 64 characters and no more', () => {
    const clients = (commonName: string): object => ({
      members: [{ name: 'e1', address: '10.0.0.1' }],
      clients: [{ name: 'c', commonName }],
    });
    expect(parseClusterSpec(clients('😀'.repeat(64))).clients[0]?.commonName).toBe('😀'.repeat(64));
    expect(issuesOf(() => parseClusterSpec(clients('x'.repeat(65))))).toEqual(['clients[0].commonName']);
  });
});

function refusal(certificates: object): readonly string[] {
  return issuesOf(() => parseClusterSpec({ members: [{ name: 'e1', address: '10.0.0.1' }], certificates }));
}

function issuesOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (isEtcdBundleError(error)) return error.issues.map(({ path }) => path);
    throw error;
  }
  return [];
}

/** Which letters a name's text has as hex pairs (RFC 4514, 2.4) is left to the writer: OpenSSL shows some that we do not. */
function unescaped(name: string): string {
  return name.replace(/(?:\\[0-9A-F]{2})+/g, (pairs) =>
    Buffer.from(pairs.replaceAll('\\', ''), 'hex').toString(),
  );
}
