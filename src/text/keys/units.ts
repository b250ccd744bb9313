/**
 * Text with the escapes of JSON, YAML, shells, URLs and HTML resolved, letters that only look otherwise as their plain form (full-width ones),
 * and what moves a terminal's cursor as a noncharacter, so that a key is found in whichever of them it was written.
 *
 * @internal
 */
export interface Units {
  readonly text: string;
  /** Its UTF-16 code units. */
  readonly codes: Uint16Array;
  /** Where each unit starts in the text as it was; the last entry is that text's length. */
  readonly starts: Int32Array;
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const HASH = 0x23;
const LINE_FEED = 0x0a;
const ESC = 0x1b;
/**
 * Stands for what is not seen: a noncharacter, which no text has.
 *
 * @internal
 */
export const UNSEEN = 0xfffe;
const PLAIN = 0x80;
/** `\n`, `\r`, `\t`, `\f` and `\v` part a key's lines, and no more. */
const BLANK_ESCAPES = /[nrtfv]/;
const CODE_ESCAPE = /(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|U([\da-fA-F]{8}))/y;
/** C and POSIX shells: `\055`. */
const OCTAL_ESCAPE = /[0-3][0-7]{2}/y;
/** A URL may be escaped more than once: `%252B`. */
const URL_ESCAPE = /%(?:25){0,4}([\da-fA-F]{2})/y;
/** HTML and XML: `&#43;` and `&#x2b;`. */
const CHARACTER_REFERENCE = /&#(?:[xX]([\da-fA-F]{1,6})|(\d{1,7}));/y;

/**
 * What ends an escape sequence of a terminal (ECMA-48, 5.4; ECMA-35, 13.2), without the ESC before it; operating system commands are short. A
 * double quote ends the string in which an octet of a key happens to be an ESC.
 */
const SEQUENCE = /(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)|[ !#-/]{1,4}[0-~])/y;

/**
 * Another text that a text stands for.
 *
 * @internal
 */
export interface Respelling {
  readonly text: string;
  /** Where each of its characters stood; one entry more is the length of what was read. */
  readonly starts: Int32Array;
}

const HAS_UNSEEN = /[\0\x1b\ufffe]/;

interface Escape {
  readonly code: number;
  readonly end: number;
}

/** @internal */
export function readUnits(text: string): Units {
  const codes = new Uint16Array(text.length);
  const starts = new Int32Array(text.length + 1);
  const pieces: string[] = [];
  let count = 0;
  let copied = 0;
  for (let index = 0; index < text.length; count += 1) {
    const resolved = resolvedAt(text, index);
    starts[count] = index;
    codes[count] = resolved?.code ?? text.charCodeAt(index);
    if (resolved !== undefined) {
      pieces.push(text.slice(copied, index), String.fromCharCode(resolved.code));
      copied = resolved.end;
    }
    index = resolved?.end ?? index + 1;
  }
  starts[count] = text.length;
  return {
    text: pieces.join('') + text.slice(copied),
    codes: codes.subarray(0, count),
    starts: starts.subarray(0, count + 1),
  };
}

/**
 * The unit that a character of the text belongs to.
 *
 * @internal
 */
export function unitAt(starts: Int32Array, character: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < character) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Text with one layer of the escapes of JSON taken off, for what has backslashes of its own.
 *
 * @internal
 */
export function unescapedOnce(text: string): Pick<Units, 'codes' | 'starts'> {
  const codes = new Uint16Array(text.length);
  const starts = new Int32Array(text.length + 1);
  let count = 0;
  for (let index = 0; index < text.length; count += 1) {
    starts[count] = index;
    codes[count] = text.charCodeAt(index);
    index += 1;
    if (codes[count] !== BACKSLASH || index === text.length) continue;
    const coded = matchAt(CODE_ESCAPE, text, index);
    const character = text.charAt(index);
    codes[count] = coded?.code ?? (BLANK_ESCAPES.test(character) ? LINE_FEED : character.charCodeAt(0));
    index = coded?.end ?? index + 1;
  }
  starts[count] = text.length;
  return { codes: codes.subarray(0, count), starts: starts.subarray(0, count + 1) };
}

/**
 * Text without what moves a terminal's cursor, and as ASCII where it was UTF-16, which has a NUL beside each letter.
 *
 * @returns undefined where there is neither
 * @internal
 */
export function withoutUnseen(text: string): Respelling | undefined {
  if (!HAS_UNSEEN.test(text)) return undefined;
  const hasHalfLetters = (text.match(/\0/g)?.length ?? 0) * 3 > text.length;
  const pieces: string[] = [];
  const starts: number[] = [];
  for (let index = 0; index < text.length; ) {
    const code = text.charCodeAt(index);
    SEQUENCE.lastIndex = index + 1;
    const sequence = code === ESC ? SEQUENCE.exec(text) : null;
    if (code !== UNSEEN && sequence === null && !(code === 0 && hasHalfLetters)) {
      pieces.push(text.charAt(index));
      starts.push(index);
    }
    index += 1 + (sequence?.[0].length ?? 0);
  }
  return { text: pieces.join(''), starts: Int32Array.from([...starts, text.length]) };
}

/** One that gives an ESC may begin a sequence. */
function resolvedAt(text: string, index: number): Escape | undefined {
  const found = escapeAt(text, index);
  const code = found?.code ?? text.charCodeAt(index);
  if (code === ESC) {
    const end = found?.end ?? index + 1;
    SEQUENCE.lastIndex = end;
    const sequence = SEQUENCE.exec(text);
    return sequence === null ? found : { code: UNSEEN, end: end + sequence[0].length };
  }
  return code < PLAIN || found !== undefined ? found : plainLetter(text, index);
}

/** Of full-width, bold and other letters that Unicode takes for compatible with one of ASCII. */
function plainLetter(text: string, index: number): Escape | undefined {
  const letter = String.fromCodePoint(text.codePointAt(index) ?? 0);
  const plain = letter.normalize('NFKC');
  const code = plain.charCodeAt(0);
  return plain.length === 1 && code < PLAIN ? { code, end: index + letter.length } : undefined;
}

function escapeAt(text: string, index: number): Escape | undefined {
  switch (text.charCodeAt(index)) {
    case BACKSLASH:
      return backslashEscape(text, index);
    case PERCENT:
      return matchAt(URL_ESCAPE, text, index);
    case AMPERSAND:
      return text.charCodeAt(index + 1) === HASH ? reference(text, index) : undefined;
    default:
      return undefined;
  }
}

/** However often it was quoted: each time doubles the backslashes. */
function backslashEscape(text: string, start: number): Escape {
  let index = start;
  while (text.charCodeAt(index) === BACKSLASH) index += 1;
  if (index >= text.length) return { code: LINE_FEED, end: index };
  const coded = matchAt(CODE_ESCAPE, text, index);
  if (coded !== undefined) return coded;
  const octal = matchAt(OCTAL_ESCAPE, text, index);
  if (octal !== undefined) return octal;
  const character = text.charAt(index);
  if (character === 'e') return { code: ESC, end: index + 1 };
  return { code: BLANK_ESCAPES.test(character) ? LINE_FEED : character.charCodeAt(0), end: index + 1 };
}

function reference(text: string, index: number): Escape | undefined {
  CHARACTER_REFERENCE.lastIndex = index;
  const match = CHARACTER_REFERENCE.exec(text);
  if (match === null) return undefined;
  const [whole, hexadecimal, decimal = ''] = match;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return { code: bounded(code), end: index + whole.length };
}

function matchAt(pattern: RegExp, text: string, index: number): Escape | undefined {
  pattern.lastIndex = index;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const digits = match.slice(1).find((group) => group !== undefined);
  const code = digits === undefined ? Number.parseInt(match[0], 8) : Number.parseInt(digits, 16);
  return { code: bounded(code), end: index + match[0].length };
}

/** A key is made of ASCII; what lies beyond the basic plane only parts it. */
function bounded(code: number): number {
  return code > 0xffff ? 0xfffd : code;
}
