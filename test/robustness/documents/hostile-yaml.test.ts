import { describe, expect, it } from 'vitest';
import { parseClusterDocument } from '../../../src/document/parse.js';
import { formatIssue, isEtcdBundleError } from '../../../src/errors.js';
import { isLong } from '../../support/long-tests.js';

const MEMBER = 'members: [{name: e1, address: 10.0.0.1}]\n';
const LETTERS = [...'abcdefghijklmnop'];

/** What an operator reads, an issue a line; none where the document is right. */
function linesOf(text: string): readonly string[] {
  try {
    parseClusterDocument(text);
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    for (const issue of error.issues.slice(0, 100)) {
      expect(issue).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      expect(issue.message).toMatch(/^[^\n]+\.$/);
      expect(issue.cure).toMatch(/^[^\n]+[.?]$/);
    }
    return error.issues.map((issue) => `${issue.code} ${formatIssue(issue)}`);
  }
}

function pathsAndCodes(text: string): readonly string[] {
  try {
    parseClusterDocument(text);
    return [];
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues.map(({ code, path }) => `${code} ${path}`);
  }
}

/** Enough entries for quadratic work to take minutes; in the short sample, seconds. */
const MUCH = isLong ? 300_000 : 10_000;
/** Letters of one value. */
const LONG = isLong ? 1_000_000 : 20_000;

function many(entry: (index: number) => string): string {
  let text = '';
  for (let index = 0; text.length < MUCH; index += 1) text += entry(index);
  return text;
}

const ipAddress = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

describe('nesting', () => {
  // Each of these once ended the whole process: "FATAL ERROR: RegExpCompiler Allocation failed".
  it.each([
    ['10,000 lists in one another', `members: ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['lists that are never closed', `members: ${'['.repeat(isLong ? 300_000 : 50_000)}`],
    ['maps in one another', `members: ${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['lists on one line', `${'- '.repeat(10_000)}x`],
    ['lists on one line, and a document behind them', `${'- '.repeat(30_000)}x\n---\n`],
    ['maps and lists by turns', `${'? - '.repeat(15_000)}a: b\nc: d\n`],
    ['keys on one line', `${'? '.repeat(10_000)}x`],
    ['indented maps', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['below a setting', `${MEMBER}etcd: {settings: {cors: ${'['.repeat(5000)}${']'.repeat(5000)}}}`],
  ])('%s', (_, text) => {
    expect(linesOf(text)).toEqual([
      expect.stringMatching(
        /^yaml-nesting line \d+, column \d+: This is nested more than 32 levels deep\. Nest less deeply\.$/,
      ),
    ]);
  });

  it('as deep as a document has use for is no fault of syntax', () => {
    const settings = `{log-rotation-config-json: ${'['.repeat(20)}${']'.repeat(20)}}`;
    expect(pathsAndCodes(`${MEMBER}etcd: {settings: ${settings}}`)).toEqual([
      'rotation-config etcd.settings.log-rotation-config-json',
    ]);
  });
});

describe('anchors and aliases', () => {
  it('are a way to write a value once', () => {
    expect(linesOf('members: [{name: e1, address: &a 10.0.0.1, altNames: [*a]}]')).toEqual([]);
    const members = Array.from(
      { length: 300 },
      (_, index) => `{name: m${index}, address: 10.1.${index >> 8}.${index & 255}, altNames: []}`,
    );
    expect(
      linesOf(
        `etcd: {metricsUrls: &m ['http://127.0.0.1:2381']}\nmembers: [${members.join(',').replaceAll('altNames: []', 'listenMetricsUrls: *m')}]`,
      ),
    ).toEqual([]);
  });

  it('a billion laughs', () => {
    const lists = LETTERS.slice(1).map(
      (letter, index) => `${letter}: &${letter} [${Array(10).fill(`*${LETTERS[index]}`).join(',')}]\n`,
    );
    expect(linesOf(`a: &a [x,x,x,x,x,x,x,x,x,x]\n${lists.join('')}${MEMBER}`)).toEqual([
      'yaml-alias-expansion e[7]: With *d the aliases of this document expand to more than 100000 values. Write the value out.',
    ]);
  });

  it('a billion laughs in maps', () => {
    const maps = LETTERS.slice(1).map(
      (letter, index) =>
        `${letter}: &${letter} {${LETTERS.map((key) => `${key}: *${LETTERS[index]}`).join(',')}}\n`,
    );
    expect(linesOf(`a: &a {x: x}\n${maps.join('')}${MEMBER}`)).toEqual([
      expect.stringMatching(
        /^yaml-alias-expansion .* expand to more than 100000 values\. Write the value out\.$/,
      ),
    ]);
  });

  it.each([
    ['one that nothing stands behind', 'members: *m', ['yaml-alias members']],
    ['one in what it repeats', 'members: &m [*m]', ['yaml-alias members[0]']],
    ['one before its anchor', `a: *m\n${MEMBER}b: &m x`, ['yaml-alias a']],
    ['one as a key', `a: &a x\n*a : y\n${MEMBER}`, ['yaml-key ']],
    ['a list as a key', `? [a]\n: y\n${MEMBER}`, ['yaml-key ']],
    [
      'hundreds of thousands of them',
      `a: &a x\nb: [${'*a,'.repeat(100_001)}]\n${MEMBER}`,
      ['yaml-alias-expansion b[100000]'],
    ],
    [
      'thousands of anchors',
      `b: [${Array.from({ length: isLong ? 50_000 : 5000 }, (_, index) => `&a${index} x,`).join('')}]\nc: [${Array.from({ length: isLong ? 9000 : 2000 }, (_, index) => `*a${index},`).join('')}]\n${MEMBER}`,
      ['too-many-entries b', 'too-many-entries c'],
    ],
  ])('%s', (_, text, expected) => {
    expect(pathsAndCodes(text)).toEqual(expected);
  });
});

describe('YAML that is not the data of a document', () => {
  it.each([
    [
      'a merge key',
      'members: [{<<: {name: e1}, address: 10.0.0.1}]',
      'yaml-merge-key members[0]["<<"]: "<<" is a merge key of YAML 1.1, and this is YAML 1.2, which has none. Write out the keys that are to be merged.',
    ],
    [
      'a merge key below a setting',
      `${MEMBER}etcd: {settings: {<<: {cors: x}}}`,
      'yaml-merge-key etcd.settings["<<"]: "<<" is a merge key of YAML 1.1, and this is YAML 1.2, which has none. Write out the keys that are to be merged.',
    ],
    [
      '!!js/function',
      `${MEMBER}preset: !!js/function "function () {}"`,
      'yaml-tag line 2, column 9: Unresolved tag: !!js/function. Write the value without its tag.',
    ],
    [
      '!!binary',
      `${MEMBER}preset: !!binary aGFyZGVuZWQ=`,
      'yaml-tag line 2, column 9: Unresolved tag: !!binary. Write the value without its tag.',
    ],
    [
      '!!timestamp',
      `${MEMBER}cluster: {name: !!timestamp 2020-01-01}`,
      'yaml-tag line 2, column 17: Unresolved tag: !!timestamp. Write the value without its tag.',
    ],
    [
      '!!set',
      'members: !!set {a, b}',
      'yaml-tag line 1, column 10: Unresolved tag: !!set. Write the value without its tag.',
    ],
    [
      '!!omap',
      'members: !!omap [a: 1]',
      'yaml-tag line 1, column 10: Unresolved tag: !!omap. Write the value without its tag.',
    ],
    [
      'a tag of its own',
      `${MEMBER}preset: !preset hardened`,
      'yaml-tag line 2, column 9: Unresolved tag: !preset. Write the value without its tag.',
    ],
    [
      'YAML 1.1',
      `%YAML 1.1\n---\n${MEMBER}`,
      'yaml-directive line 1, column 1: The directive %YAML 1.1 asks for another version; this is YAML 1.2. Remove the directive.',
    ],
    [
      'YAML 1.3',
      `%YAML 1.3\n---\n${MEMBER}`,
      'yaml-directive line 1, column 7: Unsupported YAML version 1.3. Remove the directive.',
    ],
    [
      'two documents',
      `${MEMBER}---\n${MEMBER}`,
      'yaml-documents line 2, column 1: A second document begins here. Write one document per file.',
    ],
    [
      'tabs',
      'members:\n\t- {name: e1, address: 10.0.0.1}\n',
      'yaml-tab line 2, column 1: Tabs are not allowed as indentation. Indent with spaces.',
    ],
    [
      'a character that begins no value',
      'members: @x',
      'yaml-plain-scalar line 1, column 10: Plain value cannot start with reserved character @. Put the value in quotes.',
    ],
    [
      'an escape that is none',
      'members: "\\q"',
      'yaml-escape line 1, column 11: Invalid escape sequence \\q. Double the backslash, or use single quotes.',
    ],
    [
      'a key that is a list',
      `[1, 2]: x\n${MEMBER}`,
      'yaml-key line 1, column 1: This key is not a string. Write the key as a string.',
    ],
    [
      'nothing',
      '',
      'document-not-a-map line 1, column 1: The document is empty, not a map. Write at least members: [{name: e1, address: 10.0.0.1}].',
    ],
    [
      'a comment',
      '# members\n',
      'document-not-a-map line 1, column 1: The document is empty, not a map. Write at least members: [{name: e1, address: 10.0.0.1}].',
    ],
    [
      'a word',
      'members',
      'document-not-a-map line 1, column 1: The document is "members", not a map. Write at least members: [{name: e1, address: 10.0.0.1}].',
    ],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text)).toEqual([expected]);
  });

  it.each([
    ['a byte order mark', `\ufeff${MEMBER}`],
    ['line ends of Windows', 'members:\r\n  - name: e1\r\n    address: 10.0.0.1\r\n'],
    ['a tag of the schema', `${MEMBER}preset: !!str hardened`],
    ['YAML 1.2, said', `%YAML 1.2\n---\n${MEMBER}`],
    ['the end of the document, said', `${MEMBER}...\n`],
    ['a hexadecimal port', `${MEMBER}etcd: {clientPort: 0x94B}`],
    ['JSON', '{"members": [{"name": "e1", "address": "10.0.0.1"}]}'],
  ])('%s is none of them', (_, text) => {
    expect(linesOf(text)).toEqual([]);
  });

  it('a key twice is said with everything else, and both places', () => {
    expect(linesOf('members:\n  - name: e1\n    name: e/2\n    address: 10.0.0.300\n')).toEqual([
      'repeated-key members[0].name: "name" is already a key of this map, in line 2, column 5. Write every key once.',
      'malformed-value members[0].name: "e/2" is not a valid name. Write letters, digits and inner ".", "_" or "-", at most 63.',
      'not-an-address members[0].address: "10.0.0.300" is not an address. Write four decimal numbers from 0 to 255 without leading zeros.',
    ]);
  });

  it('a key twice is shown as any value is: cut, and nothing in it unprintable', () => {
    const [odd] = linesOf(`${MEMBER}"a\\u202eb": 1\n"a\\u202eb": 2\n`);
    expect(odd).toContain('repeated-key ["a\\u202eb"]: "a\\u{202e}b" is already a key of this map');
    const long = 'x'.repeat(200);
    expect(linesOf(`${MEMBER}etcd: {settings: {${long}: 1, ${long}: 2}}`).join('\n')).toContain(
      `"${'x'.repeat(79)}…" is already a key of this map`,
    );
  });
});

describe('scalars that YAML reads otherwise than people', () => {
  it.each([
    ['1e999', 'malformed-value', 'Infinity'],
    ['-.inf', 'malformed-value', '-Infinity'],
    ['.nan', 'wrong-type', 'NaN'],
    ['2_379', 'wrong-type', '"2_379"'],
    ['12:30', 'wrong-type', '"12:30"'],
    ['9223372036854775807', 'wrong-type', '9223372036854775807'],
    ['2379.5', 'malformed-value', '2379.5'],
    ['yes', 'wrong-type', '"yes"'],
    ['null', 'wrong-type', 'null'],
  ])('the port %s', (written, code, shown) => {
    expect(linesOf(`${MEMBER}etcd: {clientPort: ${written}}`)).toEqual([
      `${code} etcd.clientPort: ${shown} is not a valid clientPort. Write a port from 1 to 65535.`,
    ]);
  });

  it.each(['yes', 'on', 'y', 'True!'])('the truth %s', (written) => {
    expect(linesOf(`${MEMBER}systemd: {hardening: ${written}}`)).toEqual([
      `wrong-type systemd.hardening: "${written}" is not a valid hardening. Write true or false.`,
    ]);
  });

  it('a whole number that a double cannot hold keeps its digits', () => {
    const spec = parseClusterDocument(
      `${MEMBER}etcd: {settings: {quota-backend-bytes: 9223372036854775807}}`,
    );
    expect(spec.etcd.settings).toEqual([{ name: 'quota-backend-bytes', value: '9223372036854775807' }]);
    expect(linesOf(`${MEMBER}etcd: {settings: {quota-backend-bytes: 9223372036854775808}}`)).toEqual([
      expect.stringContaining('quota-backend-bytes does not accept 9223372036854775808.'),
    ]);
  });

  it('null in place of everything', () => {
    const keys = ['version', 'preset', 'cluster', 'clients', 'etcd', 'certificates', 'systemd', 'kubernetes'];
    expect(
      pathsAndCodes(`${keys.map((key) => `${key}:\n`).join('')}members: [null]`).map(
        (line) => line.split(' ')[1],
      ),
    ).toEqual([...keys, 'members[0]']);
  });
});

describe('names that every object has', () => {
  const NAMES = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
  ];
  it.each([
    ['at the top', '', (map: string) => `${MEMBER}${map.slice(1, -1).replaceAll(', ', '\n')}`],
    [
      'of a member',
      'members[0].',
      (map: string) => `members: [{name: e1, address: 10.0.0.1, ${map.slice(1)}]`,
    ],
    ['of a client', 'clients[0].', (map: string) => `${MEMBER}clients: [{name: a, ${map.slice(1)}]`],
    ['of cluster', 'cluster.', (map: string) => `${MEMBER}cluster: ${map}`],
    ['of etcd', 'etcd.', (map: string) => `${MEMBER}etcd: ${map}`],
    ['of settings', 'etcd.settings.', (map: string) => `${MEMBER}etcd: {settings: ${map}}`],
    [
      'of feature gates',
      'etcd.settings.feature-gates.',
      (map: string) => `${MEMBER}etcd: {settings: {feature-gates: ${map}}}`,
    ],
    ['of certificates', 'certificates.', (map: string) => `${MEMBER}certificates: ${map}`],
    ['of a subject', 'certificates.subject.', (map: string) => `${MEMBER}certificates: {subject: ${map}}`],
    ['of validity', 'certificates.validity.', (map: string) => `${MEMBER}certificates: {validity: ${map}}`],
    [
      'of an authority',
      'certificates.ca.',
      (map: string) => `${MEMBER}certificates: {ca: {certificate: a, key: b, ${map.slice(1)}}`,
    ],
    ['of systemd', 'systemd.', (map: string) => `${MEMBER}systemd: ${map}`],
    ['of kubernetes', 'kubernetes.', (map: string) => `${MEMBER}kubernetes: ${map}`],
  ])('are no keys %s', (_, prefix, document) => {
    const text = document(`{${NAMES.map((name) => `${name}: {polluted: true}`).join(', ')}}`);
    const ofEtcd = {
      'etcd.settings.': 'unknown-setting',
      'etcd.settings.feature-gates.': 'unknown-feature-gate',
    };
    const code = Object.entries(ofEtcd).find(([other]) => other === prefix)?.[1] ?? 'unknown-key';
    // valibot leaves these out of every map, so that only its schema can tell them.
    const isLeftOut = (name: string): boolean => ['__proto__', 'constructor', 'prototype'].includes(name);
    const codes = NAMES.map((name) =>
      isLeftOut(name) && prefix === 'etcd.settings.' ? 'unknown-key' : code,
    );
    expect(pathsAndCodes(text)).toEqual(NAMES.map((name, index) => `${codes[index]} ${prefix}${name}`));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.hasOwn(Object, 'polluted')).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    '%s is no section of a unit and no directive',
    (name) => {
      expect(
        pathsAndCodes(`${MEMBER}systemd: {directives: {${name}: {polluted: true}, Service: {${name}: x}}}`),
      ).toEqual([`unknown-key systemd.directives.${name}`, `unknown-key systemd.directives.Service.${name}`]);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );
});

/** The limit is generous because other programs share the machine. */
describe('much of one thing comes to an end', { timeout: 60_000 }, () => {
  it.each([
    ['keys', `${MEMBER}${many((index) => `k${index}: 1\n`)}`],
    ['members that are lists', `members:\n${many(() => ' - []\n')}`],
    ['members that are numbers', `members: [${many(() => '1000000,')}]`],
    [
      'members with wrong names and addresses',
      `members:\n${many((index) => ` - {name: m/${index}, address: x${index}:1}\n`)}`,
    ],
    ['members of one name', `members:\n${many(() => ' - {name: m, address: 10.0.0.1}\n')}`],
    [
      'members with foreign altNames',
      `members:\n${many((index) => ` - {name: m${index}, address: ${ipAddress(index + 256)}, altNames: [a${index}, m0]}\n`)}`,
    ],
    [
      'members with one altName, which is the address of all',
      `members:\n${many((index) => ` - {name: m${index}, address: 10.0.0.1, altNames: [10.0.0.1]}\n`)}`,
    ],
    [
      'URLs',
      `members: [{name: e1, address: 10.0.0.1, listenClientUrls: [x, ${many((index) => `"https://${ipAddress(index + 256)}:2379",`)}]}]`,
    ],
    ['addresses', `members: [{name: e1, address: [x/y, ${many((index) => `${ipAddress(index + 256)},`)}]}]`],
    [
      'holders of the CA key',
      `members: [${Array.from({ length: isLong ? 5000 : 500 }, (_, index) => `{name: m${index}, address: ${ipAddress(index + 256)}}`).join(',')}]\ncertificates: {caKeyOn: [${Array.from({ length: isLong ? 50_000 : 5000 }, (_, index) => `x${index}`).join(',')}]}`,
    ],
    ['settings', `${MEMBER}etcd: {settings: {${many((index) => `s${index}: 1,`)}}}`],
    ['one key', `${MEMBER}etcd: {settings: {${many(() => 'cors: a,')}}}`],
    ['one list', `${MEMBER}etcd: {settings: {host-whitelist: [a, a, ${many((index) => `h${index},`)}]}}`],
    ['one name', `members: [{name: "${'x'.repeat(LONG)}", address: 10.0.0.1}]`],
    ['one address', `members: [{name: e1, address: "${'1:'.repeat(LONG / 2)}"}]`],
    [
      'one URL',
      `members: [{name: e1, address: 10.0.0.1, listenClientUrls: ["http://${':1'.repeat(LONG / 2)}"]}]`,
    ],
    ['one path', `${MEMBER}etcd: {dataDir: "${'/a'.repeat(LONG / 2)}"}`],
    ['one duration', `${MEMBER}certificates: {validity: {leaf: "${'1h'.repeat(LONG / 2)}"}}`],
    ['one number', `${MEMBER}etcd: {settings: {quota-backend-bytes: ${'1'.repeat(LONG)}}}`],
    ['one version', `${MEMBER}kubernetes: {version: "1.${'3'.repeat(LONG)}"}`],
  ])('%s', (_, text) => {
    const lines = linesOf(text);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines.slice(0, 100)) expect(line.length).toBeLessThan(1000);
  });

  it('and a text that is longer than any document is not looked into', () => {
    expect(pathsAndCodes(`members: [{name: "${'x'.repeat(2 ** 20)}", address: 10.0.0.1}]`)).toEqual([
      'file-too-large ',
    ]);
  });
});
