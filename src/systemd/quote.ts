import { assertLine, assertPath, assertUtf8, refuse } from './text.js';

/**
 * One word of a command line: literal text, or text with `${NAME}` in it, which systemd replaces by the variable's value without
 * splitting it (systemd.service(5), Command lines).
 *
 * @internal
 */
export type ExecWord = string | readonly ExecWordPart[];

/**
 * A piece of an {@link ExecWord}.
 *
 * @internal
 */
export type ExecWordPart = string | { readonly variable: string };

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NEEDS_QUOTES = /[\s"'\\\u0000-\u001f\u007f]|\p{Noncharacter_Code_Point}|^[#;]|^$/u;
const NEEDS_ESCAPE = /["\\\u0001-\u001f\u007f]|\p{Noncharacter_Code_Point}/gu;
/** Such a word means itself: an initial-cluster of hundreds of members is one. */
const PLAIN = /^[\w./:=,+@[\]-]+$/;
const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);
const GLOB_CHARACTERS = /[\\*?[\]{}]/g;

/**
 * The binary of an `Exec…=` line. Unlike the words after it, it takes no `$` expansion, so `$` is not doubled; systemd refuses
 * quotes, backslashes and control characters in it, however escaped ("Executable name contains special characters").
 *
 * @param path - absolute, so that none of the special executable prefixes `@ - : + !` can be meant
 * @throws {@link EtcdBundleError} where systemd would refuse the path
 * @internal
 */
export function quoteExecBinary(path: string): string {
  assertPath(path);
  if (/["'\\]/.test(path)) {
    refuse(
      'exec-binary',
      '',
      `systemd cannot start a binary named ${JSON.stringify(path)}.`,
      'Take quotes and backslashes out of its path.',
    );
  }
  const written = escapeSpecifiers(path);
  return /\s/.test(written) ? `"${written}"` : written;
}

/**
 * One argument of an `Exec…=` line, so that the process gets exactly this text: `%` and `$` doubled, the rest quoted and escaped
 * as systemd.syntax(7) reads it. Never the first word: that is {@link quoteExecBinary}.
 *
 * @throws {@link EtcdBundleError} for NUL, a lone surrogate, or a part whose variable has no valid name
 * @internal
 */
export function quoteExecWord(word: ExecWord): string {
  if (typeof word === 'string' && PLAIN.test(word)) return word;
  const parts = typeof word === 'string' ? [word] : word;
  return quote(parts.map(textOf).join(''), parts.map(writeExecPart).join(''));
}

/**
 * One item of a setting that lists paths (`ReadWritePaths=`, `BindPaths=`), and a field of a tmpfiles.d or sysusers.d line: of
 * the escapes, those settings share only `\\` and `\"`.
 *
 * @throws {@link EtcdBundleError} for a relative path, `.` and `..` segments, control characters
 * @internal
 */
export function quotePath(path: string): string {
  assertPath(path);
  return quote(path, escapeSpecifiers(escapeText(path)));
}

/**
 * The value of a setting that takes specifiers and no quotes (`Description=`, `User=`, `WorkingDirectory=`): `%` doubled.
 *
 * @throws {@link EtcdBundleError} for line ends, NUL, and text that systemd does not accept for UTF-8
 * @internal
 */
export function escapeSpecifiers(value: string): string {
  assertLine('', value);
  return value.replaceAll('%', '%%');
}

/**
 * A path where a shell pattern stands (`EnvironmentFile=`, `z` of tmpfiles.d), so that it names this one file: glob(7).
 *
 * @internal
 */
export function escapeGlob(path: string): string {
  return path.replaceAll(GLOB_CHARACTERS, '\\$&');
}

/**
 * Refuses what systemd.exec(5) does not accept for the name of an environment variable.
 *
 * @internal
 */
export function assertVariableName(name: string): void {
  if (!isVariableName(name)) {
    refuse(
      'variable-name',
      '',
      `${JSON.stringify(name)} is not the name of an environment variable.`,
      'Use letters, digits and "_", not beginning with a digit.',
    );
  }
}

/**
 * ASCII letters, digits and underscores, no digit first (systemd.exec(5), Environment=).
 *
 * @internal
 */
export function isVariableName(name: string): boolean {
  return VARIABLE_NAME.test(name);
}

function textOf(part: ExecWordPart): string {
  return typeof part === 'string' ? part : part.variable;
}

function writeExecPart(part: ExecWordPart): string {
  if (typeof part === 'string') return escapeText(part).replaceAll('%', '%%').replaceAll('$', '$$$$');
  assertVariableName(part.variable);
  return `\${${part.variable}}`;
}

function quote(text: string, escaped: string): string {
  return NEEDS_QUOTES.test(text) ? `"${escaped}"` : escaped;
}

function escapeText(text: string): string {
  if (text.includes('\0'))
    refuse(
      'nul-character',
      '',
      `${JSON.stringify(text)} contains NUL.`,
      'No argument or variable can contain it.',
    );
  assertUtf8('', text);
  return text.replaceAll(NEEDS_ESCAPE, (character) => NAMED_ESCAPES.get(character) ?? escapeBytes(character));
}

/** Byte by byte: `\U` would do for most characters, but systemd refuses it for noncharacters (`src/basic/escape.c`). */
function escapeBytes(character: string): string {
  return encodeURIComponent(character).toLowerCase().replaceAll('%', '\\x');
}
