/**
 * A word of a line that follows the quoting rules of systemd.syntax(7).
 *
 * @internal
 */
export interface QuotedWord {
  /** As written, quotes and escapes included. */
  readonly raw: string;
  /** What it says. */
  readonly value: string;
}

/** What stands for itself: in no quotes, and in each kind. A run at a time, because a line may name all members of a large cluster. */
const PLAIN: Readonly<Record<Quote, RegExp>> = {
  '': /[^ \t\n\r"'\\]+/y,
  '"': /[^"\\]+/y,
  "'": /[^'\\]+/y,
};
const WHITESPACE = /[ \t\n\r]*/y;
const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
  ['s', ' '],
]);
const NUMBERED_ESCAPES: readonly { readonly pattern: RegExp; readonly radix: 8 | 16 }[] = [
  { pattern: /^\\x([0-7][0-9a-fA-F])/, radix: 16 },
  { pattern: /^\\([01][0-7]{2})/, radix: 8 },
  { pattern: /^\\u([0-9a-fA-F]{4})/, radix: 16 },
  { pattern: /^\\U([0-9a-fA-F]{8})/, radix: 16 },
];
const HIGH_BYTES = /^(?:\\x[89a-fA-F][0-9a-fA-F]|\\[23][0-7]{2})+/;

type Quote = '' | '"' | "'";

/**
 * Splits a line into words as systemd does (`src/basic/extract-word.c`). A quote may open in the middle of a word, although the man
 * page says otherwise; an unknown escape is literal, and systemd warns about it.
 *
 * @returns undefined where a quote stays open: systemd ignores such a line
 * @internal
 */
export function splitQuotedWords(line: string): readonly QuotedWord[] | undefined {
  const words: QuotedWord[] = [];
  let at = 0;
  for (;;) {
    at += runAt(WHITESPACE, line, at).length;
    if (at >= line.length) return words;
    const word = readWord(line, at);
    if (word === undefined) return undefined;
    words.push({ raw: line.slice(at, word.end), value: word.value });
    at = word.end;
  }
}

function readWord(line: string, start: number): { value: string; end: number } | undefined {
  let value = '';
  let quote: Quote = '';
  let at = start;
  while (at < line.length) {
    const run = runAt(PLAIN[quote], line, at);
    value += run;
    at += run.length;
    const character = line.charAt(at);
    if (character === '\\') {
      const read = readEscape(line.slice(at));
      value += read.value;
      at += read.length;
    } else if (character === '"' || character === "'") {
      quote = quote === '' ? character : '';
      at += 1;
    } else break;
  }
  return quote === '' ? { value, end: at } : undefined;
}

function runAt(pattern: RegExp, line: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? '';
}

function readEscape(text: string): { value: string; length: number } {
  const verbatim = text.slice(0, 2);
  const named = NAMED_ESCAPES.get(text.charAt(1));
  if (named !== undefined) return { value: named, length: 2 };
  const bytes = HIGH_BYTES.exec(text)?.[0];
  if (bytes !== undefined) return { value: decodeBytes(bytes), length: bytes.length };
  for (const { pattern, radix } of NUMBERED_ESCAPES) {
    const match = pattern.exec(text);
    const codePoint = Number.parseInt(match?.[1] ?? '', radix);
    if (match !== null && codePoint > 0 && codePoint <= 0x10ffff) {
      return { value: String.fromCodePoint(codePoint), length: match[0].length };
    }
  }
  return { value: verbatim, length: verbatim.length };
}

/** UTF-8 written byte by byte; where it is none, the word is none that could be compared with anything. */
function decodeBytes(escapes: string): string {
  const percentEncoded = escapes.replaceAll(
    /\\(?:x(..)|(...))/g,
    (_, hex: string | undefined, octal: string) => {
      const byte = hex ?? Number.parseInt(octal, 8).toString(16);
      return `%${byte}`;
    },
  );
  try {
    return decodeURIComponent(percentEncoded);
  } catch {
    return '\ufffd';
  }
}
