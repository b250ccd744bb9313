import { describe, expect, it } from 'vitest';
import { parseEnvironmentFile, renderEnvironmentFile } from '../../../src/systemd/environment-file.js';
import { refusedAt } from './refusals.js';

describe('renderEnvironmentFile', () => {
  it('quotes every value', () => {
    const variables = [
      { name: 'ETCD_NAME', value: 'e1' },
      { name: '_x', value: '' },
      { name: 'HARD', value: ' "a" \\ `b` $C %h \'d\' # e; ' },
    ];
    expect(renderEnvironmentFile(variables)).toBe(
      'ETCD_NAME="e1"\n_x=""\nHARD=" \\"a\\" \\\\ \\`b\\` \\$C %h \'d\' # e; "\n',
    );
  });

  it('writes the header as a comment that ends with its line', () => {
    const text = renderEnvironmentFile([{ name: 'A', value: '1' }], 'one\n\ntwo \\\r\nB=2\\');
    expect(text).toBe('# one\n#\n# two \\ \n# B=2\\ \nA="1"\n');
    expect(parseEnvironmentFile(text)).toEqual({ variables: [{ name: 'A', value: '1' }], ignored: [] });
  });

  it.each(['a\nb', 'a\rb', 'a\0', '\ud800', '\ufffe'])('refuses the value %j', (value) => {
    expect(refusedAt(() => renderEnvironmentFile([{ name: 'A', value }]))).toBe('');
  });

  it.each(['', '1A', 'A-B', 'A B', 'É', 'A='])('refuses the name %j', (name) => {
    expect(refusedAt(() => renderEnvironmentFile([{ name, value: 'x' }]))).toBe('');
  });

  it('refuses a name twice', () => {
    const twice = ['1', '2'].map((value) => ({ name: 'A', value }));
    expect(refusedAt(() => renderEnvironmentFile(twice))).toBe('');
  });
});

describe('parseEnvironmentFile', () => {
  it.each([
    ['A=b', 'b'],
    ['  A \t=  b c  ', 'b c'],
    ['A=b # no comment', 'b # no comment'],
    ['A="b" c"d"', 'bc"d"'],
    [`A="b"'c'  "d"`, 'bcd'],
    ["A='b\n\\n\"'", 'b\n\\n"'],
    [`A='\\$ \\" \\\\ \\'"'"`, `\\$ \\" \\\\ \\'`],
    ['A="b\nc\\\nd\\$e\\xf\\`"', 'b\ncd$e\\xf`'],
    ['A=b\\ \\\n c\\\\', 'b  c\\'],
    ['A=\\ b', ' b'],
    ['A=b\\ ', 'b '],
    ['A=$HOME %h', '$HOME %h'],
    ['A=', ''],
    ['A=b\r\n', 'b'],
    ['A="open', 'open'],
    ['# c\n; c\nA=b', 'b'],
    ['A=1\nA=2', '2'],
  ])('reads %j', (text, value) => {
    expect(parseEnvironmentFile(text)).toEqual({ variables: [{ name: 'A', value }], ignored: [] });
  });

  it('reports what stands where a name should', () => {
    expect(parseEnvironmentFile('export A=b\n1B=c\nnothing\nC=d\n')).toEqual({
      variables: [{ name: 'C', value: 'd' }],
      ignored: ['export A', '1B', 'nothing'],
    });
  });

  it('continues a comment after a backslash, as systemd 252 does', () => {
    expect(parseEnvironmentFile('# c \\\nA=1\nB=2').variables).toEqual([{ name: 'B', value: '2' }]);
  });
});
