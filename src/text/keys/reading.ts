/**
 * Octets that a part of a text stands for, in one way of writing octets.
 *
 * @internal
 */
export interface Reading {
  readonly octets: Uint8Array;
  /** The unit at which what makes an octet begins; behind the last octet, where the whole ends. */
  readonly unitOf: (octet: number) => number;
}

/**
 * Collects octets one by one.
 *
 * @internal
 */
export interface ReadingBuilder {
  readonly add: (octet: number, unit: number) => void;
  readonly length: () => number;
  readonly finish: (end: number) => Reading;
}

/** @internal */
export function readingBuilder(): ReadingBuilder {
  const octets: number[] = [];
  const units: number[] = [];
  return {
    add: (octet, unit) => {
      octets.push(octet);
      units.push(unit);
    },
    length: () => octets.length,
    finish: (end) => ({ octets: Uint8Array.from(octets), unitOf: (octet) => units[octet] ?? end }),
  };
}

/**
 * The lines of a text, as units from and to, without what ends them.
 *
 * @internal
 */
export function* linesOf(codes: Uint16Array): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from <= codes.length; ) {
    const end = codes.indexOf(0x0a, from);
    const to = end < 0 ? codes.length : end;
    yield [from, to > from && codes[to - 1] === 0x0d ? to - 1 : to];
    from = to + 1;
  }
}
