import fc from 'fast-check';

/** Texts that some reader on the way (YAML, systemd, a shell, etcd, tar, a terminal) takes for more than text. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  'e1',
  'etcd',
  'admin',
  '..',
  '../../etc/passwd',
  '/',
  '/etc',
  '/var/lib/etcd',
  '/data/a b',
  '-rf',
  '%i',
  '%%',
  '$HOME',
  '${HOME}',
  '`id`',
  "a'b",
  'a"b',
  'a\\b',
  'a\nb',
  'a\0b',
  '\u202ee1',
  '\u0435tcd',
  '\ud800',
  '\uffff',
  '#',
  'a=b,c=d',
  '10.0.0.7',
  '010.0.0.1',
  '10.0.0.1/24',
  'fd00::7',
  'fe80::1%eth0',
  '::ffff:10.0.0.7',
  '0.0.0.0',
  '127.0.0.1',
  'localhost',
  'e7.example.org',
  '*.example.org',
  'https://10.0.0.7:2379',
  'http://127.0.0.1:2381',
  'https://0.0.0.0:1',
  'https://user:secret@10.0.0.1:2379/?#',
  '8760h',
  '-1h',
  '1d',
  '99999999999h',
  '3.4',
  '3.6.16',
  '1.36',
  '1.15',
  '6GiB',
  'true',
  'random',
  '__proto__',
  'x'.repeat(300),
];

/** A place is told as it stands, so a password that is a key is not kept from it. */
const KEYS = TEXTS.filter((text) => !text.includes('secret'));

/** A value of any type that YAML has. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  fc.constantFrom(0, 1, -1, 1.5, 2379, 65536, 1e21, Number.NaN, Number.POSITIVE_INFINITY, 2n ** 64n),
  fc.constantFrom<unknown>(true, false, null, undefined, [], {}, [null], [[]], { a: { b: 1 } }),
  fc.array(fc.constantFrom(...TEXTS), { maxLength: 4 }),
  fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom<unknown>(...TEXTS, 1, null), { maxKeys: 3 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

/** A value of the type that a JSON Schema asks for, out of all the values that its text does not rule out. */
export function valueOfSchema(schema: unknown): fc.Arbitrary<unknown> {
  if (!isMap(schema)) return hostileValue;
  const { enum: values, anyOf, properties, items, type, required } = schema;
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(values)) return fc.constantFrom<unknown>(...values);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(valueOfSchema));
  if (isMap(properties)) {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([key, child]) => [key, valueOfSchema(child)]),
    );
    const requiredKeys = Array.isArray(required) ? required.map(String) : [];
    return fc.record(fields, { requiredKeys });
  }
  switch (type) {
    case 'string':
      return fc.constantFrom(...TEXTS);
    case 'array':
      return fc.array(valueOfSchema(items), { maxLength: 4 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(0, -1, 65_536, 0.5));
    default:
      return hostileValue;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
