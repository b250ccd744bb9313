import { linesOf, type Reading, readingBuilder } from './reading.js';

/** What the columns of a dump are made of. */
interface Columns {
  readonly base: 8 | 16;
  /** Digits of a number. */
  readonly width: number;
  readonly octets: 1 | 2 | 4 | 8;
  /** The largest first digit: 377 and 177777 in base 8. */
  readonly first: number;
}

interface DumpLine {
  readonly columns: Columns;
  /** Units at which the numbers begin. */
  readonly numbers: readonly number[];
  /** Where the line ends, its column of characters included. */
  readonly end: number;
}

interface Token {
  readonly from: number;
  readonly to: number;
  /** Units of blanks before it. */
  readonly gap: number;
}

/** od(1), xxd(1) and hexdump(1): octets, and words of two, four and eight octets. */
const COLUMNS: readonly Columns[] = [
  { base: 16, width: 2, octets: 1, first: 15 },
  { base: 16, width: 4, octets: 2, first: 15 },
  { base: 16, width: 8, octets: 4, first: 15 },
  { base: 16, width: 16, octets: 8, first: 15 },
  { base: 8, width: 3, octets: 1, first: 3 },
  { base: 8, width: 6, octets: 2, first: 1 },
];
/** Numbers that make a line one of a dump; the last line may have fewer. */
const FEWEST = 4;
/** Between two columns; what is farther away is the column of characters, or another text. */
const WIDEST_GAP = 4;
/** Of an offset. */
const SHORTEST_OFFSET = 4;
const [SPACE, TAB, COLON, STAR] = [0x20, 0x09, 0x3a, 0x2a];

/**
 * What dumps of octets show, without their offsets and columns of characters; words of more than one octet in both orders.
 *
 * @internal
 */
export function* dumpReadings(codes: Uint16Array): Generator<Reading> {
  let lines: DumpLine[] = [];
  let end = 0;
  for (const [from, to] of linesOf(codes)) {
    const line = dumpLine(codes, from, to, lines[0]?.columns);
    // od(1) and its like write a star for lines that are like the one before.
    if (line === undefined && codes[from] === STAR && to - from === 1) continue;
    if (line === undefined || (lines[0] !== undefined && lines[0].columns !== line.columns)) {
      yield* readingsOf(codes, lines, end);
      lines = [];
    }
    if (line !== undefined) lines.push(line);
    end = line?.end ?? to;
  }
  yield* readingsOf(codes, lines, end);
}

function* readingsOf(codes: Uint16Array, lines: readonly DumpLine[], end: number): Generator<Reading> {
  const columns = lines[0]?.columns;
  if (columns === undefined) return;
  for (const isLittleEndian of columns.octets === 1 ? [false] : [false, true]) {
    const reading = readingBuilder();
    for (const { numbers } of lines)
      for (const unit of numbers)
        for (let index = 0; index < columns.octets; index += 1) {
          const place = isLittleEndian ? columns.octets - 1 - index : index;
          reading.add(octetOf(codes, unit, columns, place), unit);
        }
    yield reading.finish(end);
  }
}

/** @param place - of the octet in its number, the most significant first */
function octetOf(codes: Uint16Array, unit: number, { base, width, octets }: Columns, place: number): number {
  if (base === 16)
    return digitValue(codes[unit + 2 * place] ?? 0) * 16 + digitValue(codes[unit + 2 * place + 1] ?? 0);
  let number = 0;
  for (let index = 0; index < width; index += 1) number = number * 8 + digitValue(codes[unit + index] ?? 0);
  return (number >> (8 * (octets - 1 - place))) & 0xff;
}

/** A line may begin with other words, and a dump with a line that does. */
function dumpLine(
  codes: Uint16Array,
  from: number,
  to: number,
  former: Columns | undefined,
): DumpLine | undefined {
  for (let at = from; at < to; at += 1) {
    if (digitValue(codes[at] ?? 0) < 0 || isWord(codes[at - 1] ?? 0)) continue;
    const line = columnsAt(codes, at, to, former);
    if (line !== undefined) return line;
    while (at < to && isWord(codes[at] ?? 0)) at += 1;
  }
  return undefined;
}

function columnsAt(
  codes: Uint16Array,
  from: number,
  to: number,
  former: Columns | undefined,
): DumpLine | undefined {
  const first = tokenAt(codes, from, to);
  if (first === undefined) return undefined;
  const hasColon = codes[first.to] === COLON;
  const second = tokenAt(codes, hasColon ? first.to + 1 : first.to, to);
  const width = (token: Token): number => token.to - token.from;
  const isOffset =
    second !== undefined && width(first) >= SHORTEST_OFFSET && (hasColon || width(first) !== width(second));
  const start = isOffset ? second : first;
  const columns = COLUMNS.find((known) => known.width === width(start) && isNumber(codes, start.from, known));
  if (columns === undefined) return undefined;
  const numbers: number[] = [];
  for (
    let token: Token | undefined = start;
    token !== undefined && width(token) === columns.width && isNumber(codes, token.from, columns);
    token = tokenAt(codes, token.to, to)
  ) {
    if (numbers.length > 0 && (token.gap === 0 || token.gap > WIDEST_GAP)) break;
    numbers.push(token.from);
  }
  const isEnough = numbers.length >= FEWEST || (isOffset && columns === former);
  if (!isEnough) return undefined;
  const last = (numbers.at(-1) ?? from) + columns.width;
  return { columns, numbers, end: charactersEnd(codes, last, to, numbers.length * columns.octets) };
}

/** Behind the numbers, two blanks or more away, each octet may stand as a character, between bars. */
function charactersEnd(codes: Uint16Array, from: number, to: number, octets: number): number {
  let at = from;
  while (at < to && codes[at] === SPACE) at += 1;
  return at - from < 2 ? from : Math.min(to, at + octets + 2);
}

function tokenAt(codes: Uint16Array, at: number, to: number): Token | undefined {
  let from = at;
  while (from < to && from - at <= WIDEST_GAP && (codes[from] === SPACE || codes[from] === TAB)) from += 1;
  let end = from;
  while (end < to && digitValue(codes[end] ?? 0) >= 0) end += 1;
  const isAlone = end > from && !isWord(codes[end] ?? 0);
  return isAlone ? { from, to: end, gap: from - at } : undefined;
}

function isNumber(codes: Uint16Array, from: number, { base, width, first }: Columns): boolean {
  for (let index = 0; index < width; index += 1)
    if (digitValue(codes[from + index] ?? 0) > (index === 0 ? first : base - 1)) return false;
  return true;
}

function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function isWord(code: number): boolean {
  const letter = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}
