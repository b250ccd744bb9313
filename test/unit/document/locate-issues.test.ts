import { describe, expect, it } from 'vitest';
import { locateIssues } from '../../../src/document/locate-issues.js';
import { parseClusterDocument } from '../../../src/document/parse.js';
import { isEtcdBundleError } from '../../../src/errors.js';

/** `line:column what stands there` of every issue, in order. */
function placesOf(text: string): readonly string[] {
  try {
    parseClusterDocument(text);
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    const lines = text.split('\n');
    return error.issues.map(({ line = 0, column = 0 }) => {
      const rest = lines[line - 1]?.slice(column - 1) ?? 'no such line';
      return `${line}:${column} ${rest.slice(0, 8)}`;
    });
  }
  return [];
}

describe('an issue of a document', () => {
  it.each<[string, string, readonly string[]]>([
    ['a value', 'members:\n  - {name: e1, address: 300.1.1.1}', ['2:25 300.1.1.']],
    ['a value in a list', 'members:\n- name: e1\n  address: [10.0.0.1, "x y"]', ['3:23 "x y"]']],
    ['an item of a list that is a block', 'members:\n- name: e1\n  address:\n    - x y', ['4:7 x y']],
    ['a key', 'members:\n  - name: e1\n    adress: 10.0.0.1', ['3:5 adress: ']],
    ['a quoted key', 'members: [{name: e1, address: e1}]\n"a b": 1', ['2:1 "a b": 1']],
    ['a key that is missing, in its map', 'members:\n  - {name: e1}', ['2:5 {name: e']],
    ['a key that is missing at the top', '\n# nothing\netcd: {}', ['3:1 etcd: {}']],
    ['a block where a text belongs', 'members:\n- address: e1\n  name:\n    a: 1', ['3:3 name:']],
    [
      'a value of a flow map',
      'members: [{name: e1, address: e1}]\ncluster: {token: {a: 1}}',
      ['2:18 {a: 1}}'],
    ],
    [
      'a key twice, at the second',
      'members: [{name: e1, address: e1}]\netcd: {}\netcd: {}',
      ['3:1 etcd: {}'],
    ],
    ['an unresolved alias', 'members: *m', ['1:10 *m']],
    [
      'an item behind an alias, at its anchor',
      'members:\n- &m {name: e1, address: x y}\n- *m',
      ['2:26 x y}', '2:13 e1, addr', '2:26 x y}'],
    ],
    [
      'an anchor that is set again: the one above the alias',
      'members: [{name: &a e1, address: &b "x y"}, {name: e2, address: *b}, {name: e3, address: &b 10.0.0.3}]',
      ['1:37 "x y"}, ', '1:65 *b}, {na'],
    ],
    ['text that is not YAML', 'members: [\n', ['2:1 ']],
    ['a second document', 'members: []\n---\n', ['2:1 ---']],
    ['another version', '%YAML 1.1\n---\nmembers: []', ['1:1 %YAML 1.']],
    ['a document that is no map', '\n  text', ['2:3 text']],
    ['carriage returns', 'members:\r\n  - {name: e1, address: 300.1.1.1}\r\n', ['2:25 300.1.1.']],
    ['JSON', '{"members": [\n {"name": "e1", "address": 5}]}', ['2:28 5}]}']],
  ])('%s', (_, text, places) => {
    expect(placesOf(text)).toEqual(places);
  });

  it('that a preset and the document cause together stands where the document says its part', () => {
    const text = 'preset: single-member\nmembers:\n  - {name: e1, address: e1}\n  - {name: e2, address: e2}';
    expect(placesOf(text)).toEqual(['2:1 members:']);
  });

  it('names a private key by its line', () => {
    const text = `members: []\n# -----BEGIN ${'PRIVATE'} KEY-----`;
    expect(placesOf(text)).toEqual([`2:1 # -----B`]);
  });

  it('keeps the place that it has', () => {
    const issue = { code: 'yaml-syntax', path: '', line: 7, column: 3, message: '', cure: '' } as const;
    expect(locateIssues('a: 1', [issue])).toEqual([issue]);
  });

  it('is found at once among as many as are listed', () => {
    const count = 999;
    const text = `members: [{name: e1, address: e1}]\n${Array.from({ length: count }, (_, i) => `k${i}: 1`).join('\n')}`;
    const places = placesOf(text);
    expect(places.length).toBe(count);
    expect(places.at(-1)).toBe(`${count + 1}:1 ${`k${count - 1}: 1`.slice(0, 8)}`);
  });
});
