/**
 * Text with the escapes of JSON, YAML, shells, URLs and HTML resolved, so that a key is found in whichever of them it was written.
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
/** `\n`, `\r`, `\t`, `\f` and `\v` part a key's lines, and no more. */
const BLANK_ESCAPES = /[nrtfv]/;
const CODE_ESCAPE = /(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|U([\da-fA-F]{8}))/y;
/** A URL may be escaped more than once: `%252B`. */
const URL_ESCAPE = /%(?:25){0,4}([\da-fA-F]{2})/y;
/** HTML and XML: `&#43;` and `&#x2b;`. */
const CHARACTER_REFERENCE = /&#(?:[xX]([\da-fA-F]{1,6})|(\d{1,7}));/y;

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
    const resolved = escapeAt(text, index);
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
  const character = text.charAt(index);
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
  const digits = match.slice(1).find((group) => group !== undefined) ?? '';
  return { code: bounded(Number.parseInt(digits, 16)), end: index + match[0].length };
}

/** A key is made of ASCII; what lies beyond the basic plane only parts it. */
function bounded(code: number): number {
  return code > 0xffff ? 0xfffd : code;
}
