import fc from 'fast-check';

/** RFC 1123 names that a reader of YAML 1.1 takes for something else when they stand unquoted. */
export const hostileNames: readonly string[] = [
  'on',
  'off',
  'yes',
  'no',
  'y',
  'n',
  'true',
  'false',
  'null',
  '1e3',
  '0b1',
  '0o7',
  '2001-12-14',
  '1.e1',
];

/** Texts that some reader of YAML takes for a boolean, a number, a time, a mark of its own, or a line's end. */
export const hostileTexts: readonly string[] = [
  ...hostileNames,
  ...['', ' ', ' lead', 'trail ', 'Yes', 'OFF', 'NULL', 'True', '~', '=', '<<', '.inf', '-.Inf', '.NaN'],
  ...[
    '12:30',
    '190:20:30',
    '-1:2',
    '1:2.5',
    '1_000',
    '0X1F',
    '0B1',
    '0_x1',
    '+1',
    '-0',
    '1.',
    '.5',
    '1.5e+3',
  ],
  ...['0777', '08', '1,000', '2024-01-01', '2001-12-14t21:59:43.10-05:00', '685.230_15e+03', '1__', '._1'],
  ...['a: b', 'a :b', ': ', 'a #b', '#a', '- a', '-', '? a', '|', '>', '%a', '@a', '`a', '!a', '&a', '*a'],
  ...['{a}', '[a]', ',a', 'a,b', '"x"', "'", "''", '\\', '\\n', '---', '...', '${X}', 'é', '😀', '日本'],
  ...['a\tb', 'line\nbreak', 'a\rb', '\u0007', '\u00a0x', '\ufeffx'],
];

/** Made of what numbers and times are made of, in every base and notation. */
export const numberLike: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...'0178abfxXoOeE_+-.:'),
  minLength: 1,
  maxLength: 7,
});
