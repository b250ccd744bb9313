import { assertVariableName, isVariableName } from './quote.js';
import { assertLine, refuse } from './text.js';

/**
 * One variable of an environment file.
 *
 * @internal
 */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/**
 * What systemd takes from an environment file.
 *
 * @internal
 */
export interface EnvironmentFile {
  /** In the order of first appearance; the last value of a name counts. */
  readonly variables: readonly EnvironmentVariable[];
  /** What stands where a name should, as `export A` in `export A=b`; systemd drops such lines. */
  readonly ignored: readonly string[];
}

const WHITESPACE = ' \t\n\r';
const LINE_END = '\n\r';
const DOUBLE_QUOTE_ESCAPES = '"\\`$';

/**
 * Writes an environment file that systemd (systemd.exec(5), EnvironmentFile=) and a POSIX shell read alike: every value in double
 * quotes, where both take a backslash before `"`, `\`, a backtick and `$` for an escape, and nothing else.
 *
 * @param header - lines of a comment before the variables
 * @throws {@link EtcdBundleError} for an invalid or repeated name, line ends, NUL, and what systemd does not accept for UTF-8
 * @internal
 */
export function renderEnvironmentFile(variables: readonly EnvironmentVariable[], header?: string): string {
  const names = new Set<string>();
  const lines = variables.map(({ name, value }) => {
    assertVariableName(name);
    assertLine('', value);
    if (names.has(name))
      refuse('repeated-variable', '', `The variable ${name} is set twice.`, 'Set it once.');
    names.add(name);
    return `${name}="${value.replaceAll(/["\\`$]/g, '\\$&')}"\n`;
  });
  return [...comment(header), ...lines].join('');
}

/**
 * Reads an environment file as systemd does (`src/basic/env-file.c`): no `#` after a value, no expansion of `$` or `%`, no `export`.
 *
 * @internal
 */
export function parseEnvironmentFile(text: string): EnvironmentFile {
  const variables = new Map<string, string>();
  const ignored: string[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (WHITESPACE.includes(character)) {
      at += 1;
    } else if (character === '#' || character === ';') {
      at = endOfComment(text, at);
    } else {
      const end = endOfName(text, at);
      const name = text.slice(at, end).trimEnd();
      const assigned = text.charAt(end) === '=';
      const read = assigned ? readValue(text, end + 1) : { value: '', end };
      at = read.end;
      if (assigned && isVariableName(name)) variables.set(name, read.value);
      else ignored.push(name);
    }
  }
  return { variables: Array.from(variables, ([name, value]) => ({ name, value })), ignored };
}

function comment(header: string | undefined): string[] {
  if (header === undefined) return [];
  const lines = header.split(/\r\n|[\r\n]/).map((line) => `# ${line}`.trimEnd());
  // Up to systemd 253 a backslash at its end continues a comment: the first variable would be part of it.
  return lines.map((line) => (line.endsWith('\\') ? `${line} \n` : `${line}\n`));
}

function endOfComment(text: string, start: number): number {
  let at = start;
  while (at < text.length && !LINE_END.includes(text.charAt(at))) at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

function endOfName(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== '=' && !LINE_END.includes(text.charAt(at))) at += 1;
  return at;
}

/** Quoted pieces may follow one another; the first other character begins an unquoted rest, in which quotes are literal. */
function readValue(text: string, start: number): { value: string; end: number } {
  let value = '';
  let at = start;
  while (at < text.length && !LINE_END.includes(text.charAt(at))) {
    const character = text.charAt(at);
    if (character === "'" || character === '"') {
      const piece = readQuoted(text, at + 1, character);
      value += piece.value;
      at = piece.end;
    } else if (WHITESPACE.includes(character)) {
      at += 1;
    } else {
      const rest = readUnquoted(text, at);
      return { value: value + rest.value, end: rest.end };
    }
  }
  return { value, end: at };
}

function readQuoted(text: string, start: number, quote: string): { value: string; end: number } {
  let value = '';
  let at = start;
  while (at < text.length && text.charAt(at) !== quote) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === "'" || character !== '\\') {
      value += character;
      at += 1;
      continue;
    }
    if (DOUBLE_QUOTE_ESCAPES.includes(next)) value += next;
    else if (next !== '\n') value += character + next;
    at += 2;
  }
  return { value, end: at + 1 };
}

function readUnquoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  let kept = 0;
  let at = start;
  while (at < text.length && !LINE_END.includes(text.charAt(at))) {
    const escaped = text.charAt(at) === '\\';
    const character = text.charAt(escaped ? at + 1 : at);
    if (!escaped || !LINE_END.includes(character)) value += character;
    if (escaped || !WHITESPACE.includes(character)) kept = value.length;
    at += escaped ? 2 : 1;
  }
  return { value: value.slice(0, kept), end: at };
}
