import { Duplex } from 'node:stream';

/**
 * Two ends of a connection in memory: what is written to one is read from the other.
 *
 * @internal
 */
export function duplexPair(): readonly [Duplex, Duplex] {
  const ends: Duplex[] = [];
  const make = (other: 0 | 1): Duplex =>
    new Duplex({
      read: () => undefined,
      write: (chunk, _encoding, callback) => {
        ends[other]?.push(chunk);
        callback();
      },
      final: (callback) => {
        ends[other]?.push(null);
        callback();
      },
    });
  const pair = [make(1), make(0)] as const;
  ends.push(...pair);
  return pair;
}
