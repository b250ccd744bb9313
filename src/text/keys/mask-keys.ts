import { base64Digits, hexadecimalDigits, isBase64Digit, octetsOf } from './digits.js';
import { type FoundKeys, findKeys, type KeySpan, type Span } from './find-keys.js';
import type { Units } from './units.js';
import { isCertainlyEncoded, isEncoded, wordsIn } from './words.js';

/**
 * Leaves private keys out of one text after the other, which together are what somebody reads.
 *
 * @internal
 */
export type KeyMask = (text: string) => string;

const LEFT_OUT = '(private key left out)';
const MORE = '…';
/** What lies in memory at a time is a multiple of this, however long the text. */
const WINDOW = 0x4_0000;
/** A line of PEM has 64 (RFC 7468, 2), and a digest of SHA-256 43. Once there was a key, what is shorter may be its last line. */
const FRAGMENT = 48;
const FRAGMENT_OF_SEEN = 20;
/** SRI, npm and ssh write digests so; `n`, `x` and `y` are the public members of a JSON Web Key (RFC 7518, 6). */
const PUBLIC_NAME = /(?:\bsha-?\d{1,3}[-:=]|(?<![\w-])[nxy]["'`]{0,2} ?[:=] ?["'`]{0,2})$/i;
const LONGEST_PUBLIC_NAME = 10;
const [LINE_FEED, QUOTE, COLON] = [0x0a, 0x22, 0x3a];
const LONGEST_NAME = 64;
/** Units before a key in which a string of JSON is looked for that it stands in. */
const MOST_BEFORE = 4096;
/** What may stand behind a string of JSON: comma, brackets, colon, line end. */
const AFTER_STRING = [0x2c, 0x5d, 0x7d, 0x3a, LINE_FEED];
/** Octets in a row; an Ethernet address has six. */
const ROW = 7;
/** Space, comma, colon. */
const BETWEEN = [0x20, 0x2c, 0x3a];
/** Units between two pieces of one key: the end of a line, its quotes, the sign of a comment. */
const NEAR = 16;

/**
 * Makes what stands before a stream. A private key is left out wherever it was recognized; so is what can only be a part of one, because
 * a message may show a line, or a journal's entry, of its middle. Nothing but letters, digits and signs of Base64 goes: JSON stays JSON.
 *
 * @internal
 */
export function createKeyMask(): KeyMask {
  const memory: Memory = { hasSeenKey: false, open: undefined };
  return (text) => [...windows(text)].map((window) => maskWindow(window, memory)).join('');
}

interface Memory {
  hasSeenKey: boolean;
  /** A key that the last text ended in. */
  open: { readonly shape: Shape; readonly isWithinWord: boolean } | undefined;
}

/** Cut between lines where there are any. */
function* windows(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const limit = from + WINDOW;
    const lineEnd = limit < text.length ? text.lastIndexOf('\n', limit) : -1;
    const to = lineEnd > from ? lineEnd + 1 : limit;
    yield text.slice(from, to);
    from = to;
  }
}

function maskWindow(text: string, memory: Memory): string {
  const found = findKeys(text);
  const { codes } = found.units;
  const hidden = new Uint8Array(codes.length);
  hideKeys(found, memory, hidden);
  memory.hasSeenKey ||= hidden.includes(1);
  hideFragments(found, memory.hasSeenKey, hidden);
  if (!hidden.includes(1)) return text;
  memory.hasSeenKey = true;
  hideBetween(codes, hidden);
  return withoutHidden(text, found, hidden);
}

function hideKeys({ units, keys }: FoundKeys, memory: Memory, hidden: Uint8Array): void {
  const { codes } = units;
  const last = lastWordEnd(codes);
  if (last === 0) return;
  const { open } = memory;
  memory.open = undefined;
  const former: readonly KeySpan[] =
    open === undefined ? [] : [{ from: 0, to: codes.length, extent: 'behind-label' }];
  // Of many that lie in one another each part is gone through once.
  let doneTo = 0;
  for (const [index, span] of [...former, ...[...keys].sort((a, b) => a.from - b.from)].entries()) {
    if (span.extent === 'every-unit') hideUnits(units, span, hidden);
    else if (span.extent === 'between-labels') hideBody(codes, span, hidden);
    else {
      const isContinued = index < former.length;
      const isFirstKey = isContinued
        ? open?.isWithinWord === true && isBase64Digit(codes, 0)
        : span.extent === 'cut' && span.from >= doneTo;
      const part = { ...span, from: Math.max(span.from, doneTo) };
      const { end, shape } = hideWords(
        codes,
        part,
        isFirstKey,
        isContinued ? open?.shape : undefined,
        hidden,
      );
      doneTo = Math.max(doneTo, end);
      if (span.extent !== 'whole' && end >= last && hidden[last - 1] === 1 && shape !== undefined)
        memory.open = {
          shape: { ...shape, to: shape.to - codes.length },
          isWithinWord: last === codes.length,
        };
    }
  }
}

/** Octets as characters: JSON escapes what would end its string, and so such a sign is not the key's. */
function hideUnits(units: Units, { from, to }: Span, hidden: Uint8Array): void {
  const { codes, starts } = units;
  const isInString = isWithinString(units, from);
  for (let index = from; index < to; index += 1) {
    const isEscaped = (starts[index + 1] ?? 0) - (starts[index] ?? 0) > 1;
    if (
      isInString &&
      !isEscaped &&
      codes[index] === QUOTE &&
      AFTER_STRING.includes(codes[index + 1] ?? LINE_FEED)
    )
      return;
    hidden[index] = 1;
  }
}

/** Whether an odd number of quotes stands before it in its line, as far as a line of JSON is looked back. */
function isWithinString({ codes, starts }: Units, at: number): boolean {
  let quotes = 0;
  for (let index = at - 1; index >= Math.max(0, at - MOST_BEFORE); index -= 1) {
    const isEscaped = (starts[index + 1] ?? 0) - (starts[index] ?? 0) > 1;
    if (isEscaped) continue;
    if (codes[index] === LINE_FEED) break;
    if (codes[index] === QUOTE) quotes += 1;
  }
  return quotes % 2 === 1;
}

function hideBody(codes: Uint16Array, span: Span, hidden: Uint8Array): void {
  const words = [...wordsIn(codes, span)].filter((word) => !isMemberName(codes, word));
  let shape: Shape | undefined;
  for (const [index, word] of words.entries()) {
    const isKey = isEncoded(codes, word) || isShaped(codes, word, shape);
    // The last line of a key is often too short to tell it from a name.
    if (isKey || (shape !== undefined && index === words.length - 1)) hidden.fill(1, word.from, word.to);
    shape = isKey ? shapeWith(codes, word, shape) : undefined;
  }
}

/**
 * @param former - of a key that began in the text before
 * @returns where the key ended, and what shape its pieces had
 */
function hideWords(
  codes: Uint16Array,
  span: KeySpan,
  isFirstKey: boolean,
  former: Shape | undefined,
  hidden: Uint8Array,
): { readonly end: number; readonly shape: Shape | undefined } {
  let shape = former;
  let end = span.from;
  for (const word of wordsIn(codes, span)) {
    const isFirst = isFirstKey && end === span.from;
    const isPiece = span.extent === 'whole' || isEncoded(codes, word) || isShaped(codes, word, shape);
    // Cut off with the text, it is too short to tell.
    const isCut = shape !== undefined && word.to === codes.length;
    if (!(isFirst || isPiece || isCut) || isMemberName(codes, word)) return { end, shape };
    hidden.fill(1, word.from, word.to);
    // A part of a piece tells nothing of the others.
    const isPart = (isFirst && former !== undefined) || !(isFirst || isPiece);
    shape = shape !== undefined && isPart ? { ...shape, to: word.to } : shapeWith(codes, word, shape);
    end = word.to;
  }
  return { end: Math.max(span.to, end), shape };
}

/** How a key's pieces follow on one another: two digits each and a colon, eight letters and a space. */
interface Shape {
  readonly to: number;
  readonly length: number;
  /** Units between two of them on one line. */
  readonly gap?: number | undefined;
}

function shapeWith(codes: Uint16Array, word: Span, former: Shape | undefined): Shape {
  const gap = former === undefined || isLineEnd(codes, former, word) ? former?.gap : word.from - former.to;
  return { to: word.to, length: word.to - word.from, gap };
}

function isShaped(codes: Uint16Array, word: Span, former: Shape | undefined): boolean {
  if (former === undefined || word.to - word.from !== former.length) return false;
  return former.gap === undefined || word.from - former.to === former.gap || isLineEnd(codes, former, word);
}

function isLineEnd(codes: Uint16Array, former: Shape, word: Span): boolean {
  return codes.subarray(Math.max(0, former.to), word.from).includes(LINE_FEED);
}

/** Of JSON, which has to stay JSON. Numbers are names of octets. */
function isMemberName(codes: Uint16Array, word: Span): boolean {
  if (codes[word.from - 1] !== QUOTE || isCertainlyEncoded(codes, word) || isNumber(codes, word))
    return false;
  let end = word.to;
  while (end < word.from + LONGEST_NAME && isBase64Digit(codes, end)) end += 1;
  return codes[end] === QUOTE && codes[end + 1] === COLON;
}

function isNumber(codes: Uint16Array, { from, to }: Span): boolean {
  return codes.subarray(from, to).every((code) => code >= 0x30 && code <= 0x39);
}

/** What can be nothing but a part of a key; where there was one, also what would be taken for a digest elsewhere. */
function hideFragments(
  { units: { codes, text }, publics }: FoundKeys,
  hasSeenKey: boolean,
  hidden: Uint8Array,
): void {
  const shortest = hasSeenKey ? FRAGMENT_OF_SEEN : FRAGMENT;
  const sorted = [...publics].sort((a, b) => a.from - b.from);
  let next = 0;
  let publicTo = 0;
  let octets: Span[] = [];
  for (const word of wordsIn(codes, { from: 0, to: codes.length })) {
    for (; (sorted[next]?.from ?? codes.length) <= word.from; next += 1)
      publicTo = Math.max(publicTo, sorted[next]?.to ?? 0);
    if (word.from < publicTo || hidden[word.from] === 1) continue;
    if (hasSeenKey) octets = hideOctets(codes, octets, word, hidden);
    if (word.to - word.from < shortest || !isCertainlyEncoded(codes, word, hasSeenKey)) continue;
    if (isText(codes.subarray(word.from, word.to))) continue;
    if (hasPublicName(text, word)) continue;
    hidden.fill(1, word.from, word.to);
  }
}

/**
 * A row of octets in hexadecimal, as dumps have it.
 *
 * @returns the row up to this word
 */
function hideOctets(codes: Uint16Array, row: readonly Span[], word: Span, hidden: Uint8Array): Span[] {
  if (word.to - word.from !== 2 || hexadecimalDigits(codes.subarray(word.from, word.to)).values.length !== 2)
    return [];
  const former = row.at(-1);
  if (former !== undefined && word.from - former.to > 2) return [word];
  if (row.length < ROW) return [...row, word];
  if (row.length === ROW) for (const octet of row) hidden.fill(1, octet.from, octet.to);
  hidden.fill(1, word.from, word.to);
  return [...row.slice(1), word];
}

/** The name may be a part of the word: `-` is a digit of Base64url. */
function hasPublicName(text: string, { from }: Span): boolean {
  const before = text.slice(Math.max(0, from - LONGEST_PUBLIC_NAME), from);
  return PUBLIC_NAME.test(before) || /^sha-?\d{1,3}-/i.test(text.slice(from, from + LONGEST_PUBLIC_NAME));
}

/** What is encoded text was decoded and looked through. */
function isText(codes: Uint16Array): boolean {
  const octets = octetsOf(base64Digits(codes), 0);
  let letters = 0;
  for (const octet of octets) if (octet >= 0x09 && octet < 0x7f) letters += 1;
  return letters >= octets.length * 0.95;
}

/** The signs between the pieces of a key. */
function hideBetween(codes: Uint16Array, hidden: Uint8Array): void {
  for (let index = 1; index < codes.length; index += 1) {
    if (hidden[index] === 1 || hidden[index - 1] === 0) continue;
    let end = index;
    while (end < index + 3 && BETWEEN.includes(codes[end] ?? 0)) end += 1;
    if (hidden[end] === 1) hidden.fill(1, index, end);
  }
}

function withoutHidden(text: string, { units: { codes, starts } }: FoundKeys, hidden: Uint8Array): string {
  const pieces: string[] = [];
  let from = 0;
  let lastHidden = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < codes.length; index += 1) {
    if (hidden[index] === 0) continue;
    let end = index;
    while (end < codes.length && hidden[end] === 1) end += 1;
    pieces.push(text.slice(from, starts[index]), index - lastHidden <= NEAR ? MORE : LEFT_OUT);
    from = starts[end] ?? text.length;
    lastHidden = end;
    index = end - 1;
  }
  return pieces.join('') + text.slice(from);
}

function lastWordEnd(codes: Uint16Array): number {
  let end = codes.length;
  while (end > 0 && !isBase64Digit(codes, end - 1)) end -= 1;
  return end;
}
