/**
 * A part of a word of a shell script: as it stands, or what the shell puts in its place.
 *
 * @internal
 */
export interface ShellPiece {
  readonly type: 'text' | 'parameter' | 'command';
  /** What is between the brackets, of what is expanded. */
  readonly text: string;
  /** As written. */
  readonly raw: string;
  readonly isQuoted: boolean;
}

/** @internal */
export type ShellWord = readonly ShellPiece[];

/** @internal */
export type ShellToken =
  | { readonly type: 'word'; readonly word: ShellWord }
  /** `NAME=(…)` or `NAME+=(…)`. */
  | {
      readonly type: 'array';
      readonly name: string;
      readonly appends: boolean;
      readonly words: readonly ShellWord[];
    }
  | { readonly type: 'operator'; readonly text: string };

const OPERATOR = /^(?:&&|\|\||;;|[;&|\n()])/;
const REDIRECTION = /^(?:\d*|&)(?:<<<|>>|>&|<&|>\||[<>])&?/;
const HERE_DOCUMENT = /^\d*<<(-?)[ \t]*(\\?)(['"]?)([A-Za-z0-9_.-]+)\3/;
const ARRAY = /^([A-Za-z_]\w*)(\+?)=\(/;
const NAME = /^[A-Za-z_]\w*|^[@*#?$!0-9]/;
/** Tokens of one script. */
const MAX_TOKENS = 5_000;

/**
 * Takes a shell script apart (POSIX.1-2024, Shell Command Language, 2.3): words with their expansions, and what separates commands.
 * Redirections and here-documents are passed over.
 *
 * @internal
 */
export function shellTokens(script: string): readonly ShellToken[] {
  const tokens: ShellToken[] = [];
  const documents: { readonly end: string; readonly tabs: boolean }[] = [];
  let at = 0;
  while (at < script.length && tokens.length < MAX_TOKENS) {
    const rest = script.slice(at, at + 256);
    const blank = /^(?:[ \t\r]|\\\r?\n)+/.exec(rest)?.[0];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    if (rest.startsWith('#')) {
      at = lineEnd(script, at);
      continue;
    }
    const here = HERE_DOCUMENT.exec(rest);
    if (here !== null && !rest.startsWith('<<<')) {
      documents.push({ end: here[4] ?? '', tabs: here[1] === '-' });
      at += here[0].length;
      continue;
    }
    const redirection = REDIRECTION.exec(rest)?.[0];
    if (redirection !== undefined) {
      const blanks = /^[ \t]*/.exec(script.slice(at + redirection.length, at + redirection.length + 64));
      at = readWord(script, at + redirection.length + (blanks?.[0].length ?? 0)).end;
      continue;
    }
    const operator = OPERATOR.exec(rest)?.[0];
    if (operator !== undefined) {
      at += operator.length;
      tokens.push({ type: 'operator', text: operator });
      if (operator === '\n') {
        for (const document of documents.splice(0)) at = afterDocument(script, at, document);
      }
      continue;
    }
    const array = ARRAY.exec(rest);
    if (array !== null) {
      const { words, end } = readArray(script, at + array[0].length);
      tokens.push({ type: 'array', name: array[1] ?? '', appends: array[2] === '+', words });
      at = end;
      continue;
    }
    const { word, end } = readWord(script, at);
    tokens.push({ type: 'word', word });
    at = Math.max(end, at + 1);
  }
  return tokens;
}

function readArray(
  script: string,
  start: number,
): { readonly words: readonly ShellWord[]; readonly end: number } {
  const words: ShellWord[] = [];
  let at = start;
  while (at < script.length && words.length < MAX_TOKENS) {
    const character = script.charAt(at);
    if (character === ')') return { words, end: at + 1 };
    if (/\s/.test(character) || character === '\\') at += 1;
    else if (character === '#') at = lineEnd(script, at);
    else {
      const { word, end } = readWord(script, at);
      words.push(word);
      at = Math.max(end, at + 1);
    }
  }
  return { words, end: at };
}

function readWord(script: string, start: number): { readonly word: ShellWord; readonly end: number } {
  const pieces: ShellPiece[] = [];
  const literal = (text: string, isQuoted: boolean): void =>
    void pieces.push({ type: 'text', text, raw: text, isQuoted });
  let at = start;
  let isDouble = false;
  while (at < script.length) {
    const character = script.charAt(at);
    if (!isDouble && /[\s;&|()<>]/.test(character)) break;
    if (character === '"') {
      isDouble = !isDouble;
      literal('', true);
      at += 1;
    } else if (character === "'" && !isDouble) {
      const end = script.indexOf("'", at + 1);
      literal(script.slice(at + 1, end < 0 ? script.length : end), true);
      at = end < 0 ? script.length : end + 1;
    } else if (character === '\\') {
      const next = script.charAt(at + 1);
      if (next === '\n') at += 2;
      else {
        literal(isDouble && !'"\\$`'.includes(next) ? `\\${next}` : next, true);
        at += 2;
      }
    } else if (character === '$' || character === '`') {
      const expansion = readExpansion(script, at, isDouble);
      pieces.push(expansion.piece);
      at = expansion.end;
    } else {
      const plain = /^[^\\"'$`\s;&|()<>]+/.exec(script.slice(at, at + 4_096))?.[0] ?? character;
      const taken = isDouble ? (/^[^\\"$`]+/.exec(script.slice(at, at + 4_096))?.[0] ?? character) : plain;
      literal(taken, isDouble);
      at += taken.length;
    }
  }
  return { word: pieces, end: at };
}

function readExpansion(
  script: string,
  start: number,
  isQuoted: boolean,
): { readonly piece: ShellPiece; readonly end: number } {
  const piece = (type: ShellPiece['type'], text: string, end: number) => ({
    piece: { type, text, raw: script.slice(start, end), isQuoted },
    end,
  });
  if (script.charAt(start) === '`') {
    const close = script.indexOf('`', start + 1);
    const end = close < 0 ? script.length : close;
    return piece('command', script.slice(start + 1, end), Math.min(end + 1, script.length));
  }
  const next = script.charAt(start + 1);
  if (next === '(' || next === '{') {
    const end = closing(script, start + 1, next, next === '(' ? ')' : '}');
    return piece(next === '(' ? 'command' : 'parameter', script.slice(start + 2, end), end + 1);
  }
  const name = NAME.exec(script.slice(start + 1, start + 256))?.[0];
  if (name === undefined) return piece('text', '$', start + 1);
  return piece('parameter', name, start + 1 + name.length);
}

function closing(script: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let at = start; at < script.length; at += 1) {
    const character = script.charAt(at);
    if (character === '\\') at += 1;
    else if (character === open) depth += 1;
    else if (character === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return script.length;
}

function afterDocument(
  script: string,
  start: number,
  { end, tabs }: { readonly end: string; readonly tabs: boolean },
): number {
  let at = start;
  while (at < script.length) {
    const stop = lineEnd(script, at);
    const line = script.slice(at, stop).replace(/\r$/, '');
    at = stop + 1;
    if ((tabs ? line.replace(/^\t+/, '') : line) === end) return at;
  }
  return at;
}

function lineEnd(script: string, from: number): number {
  const end = script.indexOf('\n', from);
  return end < 0 ? script.length : end;
}
