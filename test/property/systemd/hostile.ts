import fc from 'fast-check';

/** Texts that some reader along the way would take for syntax. */
export const hostileEnvironment: readonly string[] = [
  '',
  ' ',
  ' leading and trailing ',
  '\t',
  '"',
  "'",
  '"quoted"',
  "'quoted'",
  'half "open',
  "it's",
  '\\',
  '\\\\',
  'trailing\\',
  '\\n',
  '\\x41',
  '$',
  '$$',
  '$HOME',
  '${HOME}',
  '$${HOME}',
  '$(id)',
  '`id`',
  '${HOME:-x}',
  '%',
  '%%',
  '%H',
  '%n%%',
  '#',
  '# comment',
  'a # b',
  ';',
  '; ;',
  '\\;',
  '-',
  '@x',
  '!x',
  ':x',
  '+x',
  '=',
  'a=b=c',
  '*',
  '?[a]{b,c}',
  '~',
  '&',
  '|',
  '<>',
  'a\u00a0b',
  'Grüße',
  '日本語',
  '🗝️',
  '\u202e',
  '\ufeffmark',
  '\u0085',
  '\u2028',
  'x'.repeat(5000),
];

export const hostileWords: readonly string[] = [
  ...hostileEnvironment,
  '\n',
  'two\nlines',
  '\r',
  '\u0001',
  '\u001b[31m',
  '\u007f',
  '\ufdd0',
  '\ufffe',
  '\u{1fffe}',
  '--initial-cluster=e1=https://10.0.0.1:2380,e2=https://[fd00::1]:2380',
];

const syntax = [...'"\'\\$%{}#;=&`~!@:+-*?[]()<>| \tabcAB0189_.,/éß日🗝'];
const controls = [...'\u0001\u0007\b\n\v\f\r\u001b\u007f'];

/** Any text that systemd takes for the value of a variable, mostly made of syntax. */
export const environmentValues: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...syntax), maxLength: 12 }),
  fc
    .string({ unit: 'binary', maxLength: 8 })
    .map((text) => text.replaceAll(/[\0\r\n]|\p{Noncharacter_Code_Point}/gu, '')),
);

/** Any text that a process can get as an argument. */
export const execWords: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...syntax, ...controls), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
);

/** Any absolute path that systemd's path settings can name: no control characters, no `.` and `..`. */
export const paths: fc.Arbitrary<string> = fc
  .array(
    fc
      .string({ unit: fc.constantFrom(...syntax), minLength: 1, maxLength: 8 })
      .map((name) => name.replaceAll(/[/\t]/g, '_'))
      .filter((name) => name !== '.' && name !== '..'),
    { minLength: 1, maxLength: 3 },
  )
  .map((names) => `/${names.join('/')}`);

const execPieces = [
  '"',
  "'",
  '\\',
  '\\\n',
  '\\\n# comment\n',
  '\\\n  ; comment \\\n',
  ' ',
  '  ',
  '\t',
  '$A',
  '${A}',
  '$B',
  '${B}',
  '$EMPTY',
  '${EMPTY}',
  '$UNSET',
  '${UNSET}',
  '${A:-x}',
  '${A',
  '$',
  '$$',
  '$${A}',
  '%%',
  '\\s',
  '\\n',
  '\\x41',
  '\\xc3\\xa9',
  '\\101',
  '\\303\\251',
  '\\u00e9',
  '\\U0001f5dd',
  '\\q',
  '\\;',
  ' ; /bin/true ',
  ';x',
  '#',
  'a',
  'b',
  'é',
  '=',
  '{',
  '}',
  ':',
  "\\'",
  '\\"',
  '\\\\',
  '\\x',
  '\\x4',
  '\\U00110000',
  '\\000',
  '\\400',
];

/** What may stand behind a command in a unit that somebody else wrote. */
export const execLines: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...execPieces), { maxLength: 10 })
  .map((pieces) => pieces.join(''));

const filePieces = [
  'A=',
  'B=',
  'C1=',
  'A',
  ' ',
  '\t',
  '\n',
  '\n\n',
  '\r\n',
  '"',
  "'",
  '\\',
  '\\\n',
  '\\"',
  "\\'",
  '\\$',
  '\\a',
  '`',
  '$',
  '${A}',
  '%%',
  '#',
  ';',
  ' # x',
  'x',
  'y z',
  'é',
  '=',
  'export A=',
  '\n# c\n',
  '\n; c\\\n',
  '\nB="x\ny"\n',
  '1A=z\n',
  'A B=z\n',
];

/** Environment files that somebody else wrote. */
export const environmentFileTexts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...filePieces), { maxLength: 14 })
  .map((pieces) => pieces.join(''));
