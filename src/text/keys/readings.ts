import { base32Readings } from './base32.js';
import { base85Readings } from './base85.js';
import { dumpReadings } from './dump.js';
import type { Reading } from './reading.js';
import { type Units, unescapedOnce, unitAt } from './units.js';
import { uuencodeReadings } from './uuencode.js';

/**
 * Everything that a text may be in a way of writing octets that has an alphabet, or columns, of its own.
 *
 * @param units - of the text
 * @internal
 */
export function* readingsOf(text: string, { codes, starts }: Units): Generator<Reading> {
  yield* base32Readings(codes);
  yield* base85Readings(codes);
  yield* uuencodeReadings(codes);
  yield* dumpReadings(codes);
  // Some of their signs begin an escape elsewhere.
  if (codes.length === text.length) return;
  for (const source of [plainUnits(text), ...(text.includes('\\') ? [unescapedOnce(text)] : [])])
    for (const readings of [base85Readings(source.codes), uuencodeReadings(source.codes)])
      for (const { octets, unitOf } of readings)
        yield {
          octets,
          unitOf: (octet) => unitAt(starts, source.starts[unitOf(octet)] ?? text.length),
        };
}

function plainUnits(text: string): Pick<Units, 'codes' | 'starts'> {
  const codes = new Uint16Array(text.length);
  const starts = new Int32Array(text.length + 1);
  for (let index = 0; index < text.length; index += 1) {
    codes[index] = text.charCodeAt(index);
    starts[index] = index;
  }
  starts[text.length] = text.length;
  return { codes, starts };
}
