import fc from 'fast-check';

/** A way to damage bytes, independent of their length. */
export type Mutation =
  | { readonly type: 'flip'; readonly at: number; readonly bit: number }
  | { readonly type: 'set'; readonly at: number; readonly value: number }
  | { readonly type: 'cut'; readonly at: number }
  | { readonly type: 'remove'; readonly at: number; readonly length: number }
  | { readonly type: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: 'repeat'; readonly at: number; readonly length: number; readonly times: number };

const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const syntax = fc
  .constantFrom(
    '\n',
    '\0',
    '\\',
    '"',
    "'",
    '=',
    '--',
    '${',
    '%',
    '[',
    ']',
    '-----BEGIN ',
    '-----END ',
    '\ufeff',
    '/../',
    'ETCD_NAME=',
    '&a ',
    '*a ',
    '{',
    ': ',
    '\t',
  )
  .map((text) => new TextEncoder().encode(text));

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('flip' as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
    fc.record({
      type: fc.constant('set' as const),
      at,
      value: fc.constantFrom(0, 0x30, 0x7f, 0x80, 0x84, 0xff),
    }),
    fc.record({ type: fc.constant('cut' as const), at }),
    fc.record({ type: fc.constant('remove' as const), at, length: fc.integer({ min: 1, max: 40 }) }),
    fc.record({
      type: fc.constant('insert' as const),
      at,
      bytes: fc.oneof(syntax, fc.uint8Array({ minLength: 1, maxLength: 40 })),
    }),
    fc.record({
      type: fc.constant('repeat' as const),
      at,
      length: fc.integer({ min: 1, max: 60 }),
      times: fc.integer({ min: 1, max: 2_000 }),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

export function mutate(bytes: Uint8Array, list: readonly Mutation[]): Uint8Array {
  return list.reduce((current, mutation) => apply(current, mutation), Uint8Array.from(bytes));
}

function apply(bytes: Uint8Array, mutation: Mutation): Uint8Array<ArrayBuffer> {
  const position = Math.floor(mutation.at * bytes.length);
  const [before, after] = [bytes.subarray(0, position), bytes.subarray(position)];
  const copy = Uint8Array.from(bytes);
  switch (mutation.type) {
    case 'flip':
      copy[position] = (copy[position] ?? 0) ^ (1 << mutation.bit);
      return copy;
    case 'set':
      copy[position] = mutation.value;
      return copy;
    case 'cut':
      return Uint8Array.from(before);
    case 'remove':
      return join(before, after.subarray(mutation.length));
    case 'insert':
      return join(before, mutation.bytes, after);
    case 'repeat':
      return join(
        before,
        ...Array.from({ length: mutation.times }, () => after.subarray(0, mutation.length)),
        after,
      );
  }
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts));
}
