import { describe, expect, it } from 'vitest';
import {
  type ExecWord,
  escapeSpecifiers,
  quoteExecBinary,
  quoteExecWord,
  quotePath,
} from '../../../src/systemd/quote.js';
import { refusedAt } from './refusals.js';

describe('quoteExecWord', () => {
  const words: readonly (readonly [word: ExecWord, written: string])[] = [
    ['--name=e1', '--name=e1'],
    [
      '--initial-cluster=e1=https://[fd00::1]:2380,e2=http://x:1',
      '--initial-cluster=e1=https://[fd00::1]:2380,e2=http://x:1',
    ],
    ['', '""'],
    ['a b', '"a b"'],
    ["it's", `"it's"`],
    ['say "x"', '"say \\"x\\""'],
    ['\\', '"\\\\"'],
    ['100%', '100%%'],
    ['$HOME ${X} $$', '"$$HOME $${X} $$$$"'],
    [';', '";"'],
    ['a;b', 'a;b'],
    ['#x', '"#x"'],
    ['a#x', 'a#x'],
    ['\t\n\r\u0001\u007f', '"\\t\\n\\r\\x01\\x7f"'],
    ['\u0007\b\f\v', '"\\a\\b\\f\\v"'],
    ['Grüße 🗝', '"Grüße 🗝"'],
    ['é', 'é'],
    ['\ufdd0\u{1fffe}', '"\\xef\\xb7\\x90\\xf0\\x9f\\xbf\\xbe"'],
    [[{ variable: 'A' }], '${A}'],
    [['--a=$', { variable: 'A_1' }, '%$'], '--a=$$${A_1}%%$$'],
    [['a b', { variable: 'A' }], '"a b${A}"'],
    [[], '""'],
  ];
  it.each(words)('writes %j as %s', (word, written) => {
    expect(quoteExecWord(word)).toBe(written);
  });

  it.each([
    ['NUL', 'a\0'],
    ['a lone surrogate', '\ud800'],
    ['a variable of no name', [{ variable: 'A-B' }]],
  ] as const)('refuses %s', (_, word) => {
    expect(refusedAt(() => quoteExecWord(word))).toBe('');
  });
});

describe('quoteExecBinary', () => {
  it('doubles % and leaves $ alone', () => {
    expect(quoteExecBinary('/opt/a b/$x%/etcd')).toBe('"/opt/a b/$x%%/etcd"');
    expect(quoteExecBinary('/usr/local/bin/etcd')).toBe('/usr/local/bin/etcd');
  });

  it.each(['etcd', '-/bin/x', '', '/a"b', "/a'b", '/a\\b', '/a\u0007', '/a/../b', '/a\nb', '/\ufffe'])(
    'refuses %j',
    (path) => {
      expect(refusedAt(() => quoteExecBinary(path))).toBe('');
    },
  );
});

describe('quotePath', () => {
  it('uses the escapes that all path settings share', () => {
    expect(quotePath('/srv/etcd')).toBe('/srv/etcd');
    expect(quotePath('/srv/a b%"\\')).toBe('"/srv/a b%%\\"\\\\"');
    expect(refusedAt(() => quotePath('/srv/a\tb'))).toBe('');
    expect(refusedAt(() => quotePath('srv'))).toBe('');
  });
});

describe('escapeSpecifiers', () => {
  it('doubles % in one line of text', () => {
    expect(escapeSpecifiers('100% of %H')).toBe('100%% of %%H');
    expect(refusedAt(() => escapeSpecifiers('a\rb'))).toBe('');
  });
});
