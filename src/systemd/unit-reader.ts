import type { SystemdDirective, SystemdSection } from '../cluster-spec.js';
import { isVariableName } from './quote.js';
import { splitQuotedWords } from './words.js';

const LINE_END = /\r\n|\n\r|[\n\r\0]/;
const COMMENT = /^[ \t]*[#;]/;
const SECTION = /^\[(.*)\]$/;
const WHITESPACE = ' \t\n\r';
/** Linux, include/uapi/linux/binfmts.h, MAX_ARG_STRLEN: a longer word does not start. */
const MAX_ARGUMENT = 131_072;
/** A quarter of the usual stack (execve(2), Limits on size of arguments and environment). */
const MAX_ARGUMENTS = 2_097_152;
const EXEC_PREFIXES = /^[-@:+!]*/;
const REFERENCE = /\$\$|\$\{([^}:]*)(\}|:|$)/g;

/**
 * Reads a unit file by systemd.syntax(7). Repeated sections are one section and repeated directives one directive, as to
 * systemd; resets stay in the list as empty values. What systemd skips with a warning (no section yet, no `=`) is skipped.
 *
 * @internal
 */
export function parseUnit(text: string): SystemdSection[] {
  const sections = new Map<string, Map<string, string[]>>();
  let current: Map<string, string[]> | undefined;
  for (const line of logicalLines(text)) {
    const header = SECTION.exec(line)?.[1];
    if (header !== undefined) {
      current = sections.get(header) ?? new Map();
      sections.set(header, current);
      continue;
    }
    const equals = line.indexOf('=');
    if (current === undefined || equals < 0 || line.startsWith('[')) continue;
    const name = strip(line.slice(0, equals));
    const values = current.get(name) ?? [];
    current.set(name, values);
    values.push(strip(line.slice(equals + 1)));
  }
  return Array.from(sections, ([name, directives]) => ({
    name,
    directives: Array.from(directives, ([directive, values]) => ({ name: directive, values })),
  }));
}

/**
 * The values that count where a directive is a list: those after its last reset.
 *
 * @internal
 */
export function effectiveValues(directive: SystemdDirective): readonly string[] {
  return directive.values.slice(directive.values.lastIndexOf('') + 1);
}

/**
 * The command that systemd starts for one `Exec…=` value: its binary, without the special prefixes, and its arguments, with
 * quotes removed, escapes and `$` variables resolved (systemd.service(5), Command lines). Of several commands it is the first.
 * Specifiers other than `%%` depend on the host and stay as they are.
 *
 * @param environment - what `Environment=` and `EnvironmentFile=` set; a variable that is not there is empty
 * @returns undefined where systemd ignores the line: an open quote, or no command
 * @internal
 */
export function splitExecStart(
  line: string,
  environment: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  const [first, ...rest] = splitQuotedWords(line) ?? [];
  if (first === undefined) return undefined;
  const prefixes = EXEC_PREFIXES.exec(first.value)?.[0] ?? '';
  const binary = first.value.slice(prefixes.length);
  if (binary === '') return undefined;
  const argumentWords = prefixes.includes('@') ? rest.slice(1) : rest;
  const command = [resolveSpecifiers(binary)];
  for (const { raw, value } of argumentWords) {
    if (raw === ';') break;
    if (raw === '\\;') command.push(';');
    else if (prefixes.includes(':')) command.push(resolveSpecifiers(value));
    else for (const argument of expand(resolveSpecifiers(value), environment)) command.push(argument);
  }
  return withinKernelLimits(command);
}

/** What execve(2) would not take is not kept: a value that stands in many words would fill the memory. */
function withinKernelLimits(command: readonly string[]): readonly string[] {
  let left = MAX_ARGUMENTS;
  return command.filter((word) => {
    left -= word.length;
    return left > 0;
  });
}

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let pieces: string[] = [];
  for (const line of text.replace(/^\ufeff/, '').split(LINE_END)) {
    if (COMMENT.test(line)) continue;
    const goesOn = trailingBackslashes(line) % 2 === 1;
    pieces.push(goesOn ? `${line.slice(0, -1)} ` : line);
    if (goesOn) continue;
    lines.push(strip(pieces.join('')));
    pieces = [];
  }
  if (pieces.length > 0) lines.push(strip(pieces.join('')));
  return lines;
}

/** By hand, like {@link strip}: what regular expressions do at the end of a text takes time by the square of its length. */
function trailingBackslashes(line: string): number {
  let count = 0;
  while (line.charAt(line.length - 1 - count) === '\\') count += 1;
  return count;
}

function strip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && WHITESPACE.includes(text.charAt(start))) start += 1;
  while (end > start && WHITESPACE.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function resolveSpecifiers(word: string): string {
  return word.replaceAll('%%', '%');
}

function expand(word: string, environment: ReadonlyMap<string, string>): readonly string[] {
  if (/^\$(?![{$])/.test(word)) return splitValue(environment.get(word.slice(1)) ?? '');
  let left = MAX_ARGUMENT - word.length;
  const take = (value: string): string => {
    const taken = value.slice(0, Math.max(0, left));
    left -= taken.length;
    return taken;
  };
  return [
    word.replaceAll(REFERENCE, (reference: string, name: string | undefined, end: string | undefined) => {
      if (name === undefined) return '$';
      if (end !== '}') return reference;
      return isVariableName(name) ? take(environment.get(name) ?? '') : '';
    }),
  ];
}

/** `$NAME` alone: quotes group, a backslash keeps the character after it, an open quote ends with the value. */
function splitValue(value: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === '\\') {
      at += 1;
      word = (word ?? '') + value.charAt(at);
    } else if (quote === '' && ' \t\n\r'.includes(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) quote = '';
    else word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}
