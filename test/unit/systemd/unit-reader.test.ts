import { describe, expect, it } from 'vitest';
import { effectiveValues, parseUnit, splitExecStart } from '../../../src/systemd/unit-reader.js';

const nothing: ReadonlyMap<string, string> = new Map();

describe('parseUnit', () => {
  it('joins continued lines across comments, and keeps what looks like a comment inside a value', () => {
    const text = `\ufeff# c\r\n; c\n[Service]\n ExecStart = /bin/etcd \\\n  --a \\\n  # comment\n\t; comment \\\n  --b # c ; d\nUser=x \n`;
    expect(parseUnit(text)).toEqual([
      {
        name: 'Service',
        directives: [
          { name: 'ExecStart', values: ['/bin/etcd    --a    --b # c ; d'] },
          { name: 'User', values: ['x'] },
        ],
      },
    ]);
  });

  it('gathers repeated directives and sections in order, resets among them', () => {
    const text = '[A]\nX=1\nY=true\n[B.c]\n__proto__=2\n[A]\nX=\nX=3\nX=3\n';
    expect(parseUnit(text)).toEqual([
      {
        name: 'A',
        directives: [
          { name: 'X', values: ['1', '', '3', '3'] },
          { name: 'Y', values: ['true'] },
        ],
      },
      { name: 'B.c', directives: [{ name: '__proto__', values: ['2'] }] },
    ]);
  });

  it('skips what systemd skips: before any section, without "=", a broken header', () => {
    expect(parseUnit('A=1\n[S]\nB\n[T=\n=1\nC=a=b')).toEqual([
      {
        name: 'S',
        directives: [
          { name: '', values: ['1'] },
          { name: 'C', values: ['a=b'] },
        ],
      },
    ]);
  });

  it('takes nothing but a whole line for a section', () => {
    expect(parseUnit('[S]\nA=[x]\n[T]x\nB=1\n [U] \nC=1')).toEqual([
      {
        name: 'S',
        directives: [
          { name: 'A', values: ['[x]'] },
          { name: 'B', values: ['1'] },
        ],
      },
      { name: 'U', directives: [{ name: 'C', values: ['1'] }] },
    ]);
  });

  it('drops whitespace around names and values, and a byte order mark at the beginning alone', () => {
    expect(parseUnit('[S]\nA=\ufeffx')[0]?.directives).toEqual([{ name: 'A', values: ['\ufeffx'] }]);
    expect(parseUnit('\ufeff[S]\n \t A \t = \t b  c \t \nB=\ufeffx')).toEqual([
      {
        name: 'S',
        directives: [
          { name: 'A', values: ['b  c'] },
          { name: 'B', values: ['\ufeffx'] },
        ],
      },
    ]);
  });

  it('reads a continuation that the file ends in, and no continuation after an escaped backslash', () => {
    expect(parseUnit('[S]\nA=1\\\\\nB=2\\')[0]?.directives).toEqual([
      { name: 'A', values: ['1\\\\'] },
      { name: 'B', values: ['2'] },
    ]);
  });
});

describe('effectiveValues', () => {
  it.each([
    [
      ['1', '', '3', '4'],
      ['3', '4'],
    ],
    [
      ['1', '2'],
      ['1', '2'],
    ],
    [['1', ''], []],
  ])('of %j are %j', (values, left) => {
    expect(effectiveValues({ name: 'After', values })).toEqual(left);
  });
});

describe('splitExecStart', () => {
  const environment = new Map([
    ['A', 'one  two'],
    ['Q', `"x y" z\\ w 'open`],
    ['E', ''],
    ['W', `a "" '' b`],
  ]);
  it.each([
    ['/bin/x a  b\tc', ['/bin/x', 'a', 'b', 'c']],
    [`/bin/x "a b" 'c "d"' e"f g"h`, ['/bin/x', 'a b', 'c "d"', 'ef gh']],
    ['/bin/x \\s\\t\\x41\\101\\u00e9\\U0001f5dd\\xc3\\xa9\\303\\251', ['/bin/x', ' \tAAé🗝éé']],
    ['/bin/x \\q \\x0g \\000 \\U00110000 \\x00', ['/bin/x', '\\q', '\\x0g', '\\000', '\\U00110000', '\\x00']],
    ['/bin/x \\xff', ['/bin/x', '\ufffd']],
    ['/bin/x %% %H $$ $$A', ['/bin/x', '%', '%H', '$', '$A']],
    ['/bin/x ${A} <${A}> ${NO} a${NO}', ['/bin/x', 'one  two', '<one  two>', '', 'a']],
    ['/bin/x $A $E $NO $Q $', ['/bin/x', 'one', 'two', 'x y', 'z w', 'open']],
    ['/bin/x ${A:-b} ${A ${} $A-', ['/bin/x', '${A:-b}', '${A', '']],
    ['/bin/x ${A$$ $W', ['/bin/x', '${A$$', 'a', '', '', 'b']],
    ['/bin/x \\q\\x41 \\q\\101 \\q\\u00e9 \\q\\U0001f5dd', ['/bin/x', '\\qA', '\\qA', '\\qé', '\\q🗝']],
    ["/bin/x \\'a \\U0010ffff", ['/bin/x', "'a", '\u{10ffff}']],
    ['/bin/x a ; /bin/y b', ['/bin/x', 'a']],
    ['/bin/x \\; ";" a;', ['/bin/x', ';', ';', 'a;']],
    ['-+/bin/x a', ['/bin/x', 'a']],
    ['@/bin/x other a', ['/bin/x', 'a']],
    [':/bin/x $A ${A} %%', ['/bin/x', '$A', '${A}', '%']],
    ['"/opt/a b" "" ', ['/opt/a b', '']],
  ])('reads %s', (line, words) => {
    expect(splitExecStart(line, environment)).toEqual(words);
  });

  it.each(['', '  ', '-', '/bin/x "a', "/bin/x a'b"])('finds no command in %j', (line) => {
    expect(splitExecStart(line, nothing)).toBeUndefined();
  });
});
