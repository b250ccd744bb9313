import { type ShellToken, type ShellWord, shellTokens } from './shell-words.js';

/**
 * A variable of a shell.
 *
 * @internal
 */
export interface ShellVariable {
  readonly value: string;
  /** File that sets it. */
  readonly path: string;
  /** Whether commands get it in their environment. */
  readonly isExported: boolean;
}

/**
 * A command that a script starts.
 *
 * @internal
 */
export interface ScriptCommand {
  readonly words: readonly string[];
  readonly variables: ReadonlyMap<string, ShellVariable>;
  /** Texts in the words and variables for which only the running host knows what stands there, such as `$(hostname -i)`. */
  readonly unknowns: readonly string[];
}

/** @internal */
export interface ScriptHost {
  /** The text of a file; undefined where it is not there. */
  readonly read: (path: string) => string | undefined;
  /** Undefined where nobody knows. */
  readonly hostName: string | undefined;
}

interface Shell {
  readonly host: ScriptHost;
  readonly variables: Map<string, ShellVariable>;
  readonly arrays: Map<string, readonly string[]>;
  readonly args: readonly string[];
  readonly commands: ScriptCommand[];
  readonly unknowns: Set<string>;
  /** A file was to be read and is not there: what is unset may have been set in it. */
  hasGaps: boolean;
  exportsAll: boolean;
  /** How deep in what runs only under a condition. */
  depth: number;
  /** File that is being gone through. */
  path: string;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)(\+?)=/;
const OPENING: readonly string[] = ['if', 'while', 'until', 'for', 'case', 'select'];
const CLOSING: readonly string[] = ['fi', 'done', 'esac'];
const SKIPPED: readonly string[] = [
  ...['then', 'else', 'elif', 'do', '{', '}', '!', 'if', 'while', 'until', 'time'],
  ...CLOSING,
];
const EXPORTS: readonly string[] = ['export', 'declare', 'typeset', 'readonly', 'local'];
/** Files that source one another. */
const MAX_DEPTH = 8;
const MAX_COMMANDS = 500;

/**
 * Goes through a script as a shell would that takes every branch once: a variable set under a condition counts where it has no value
 * yet. Nothing is run.
 *
 * @param path - of the script, which is where its variables are said to come from
 * @param environment - that the shell is started with
 * @internal
 */
export function runScript(
  script: string,
  path: string,
  environment: ReadonlyMap<string, ShellVariable>,
  args: readonly string[],
  host: ScriptHost,
): readonly ScriptCommand[] {
  const shell: Shell = {
    host,
    variables: new Map(environment),
    arrays: new Map(),
    args,
    commands: [],
    unknowns: new Set(),
    hasGaps: false,
    exportsAll: false,
    depth: 0,
    path,
  };
  runTokens(script, path, shell, 0);
  return shell.commands;
}

function runTokens(script: string, path: string, shell: Shell, level: number): void {
  const before = shell.path;
  shell.path = path;
  let words: ShellWord[] = [];
  let isConditional = false;
  const finish = (operator: string): void => {
    runCommand(words, path, shell, level, isConditional);
    words = [];
    isConditional = operator === '&&' || operator === '||';
  };
  for (const token of shellTokens(script)) {
    if (token.type === 'operator') finish(token.text);
    else if (token.type === 'array') setArray(token, shell);
    else words.push(token.word);
  }
  finish('\n');
  shell.path = before;
}

function setArray(
  { name, appends, words }: Extract<ShellToken, { readonly type: 'array' }>,
  shell: Shell,
): void {
  const before = appends ? (shell.arrays.get(name) ?? []) : [];
  shell.arrays.set(name, [...before, ...words.flatMap((word) => expandWord(word, shell))]);
}

function runCommand(
  written: readonly ShellWord[],
  path: string,
  shell: Shell,
  level: number,
  isConditional: boolean,
): void {
  const rest = [...written];
  for (let word = plain(rest[0]); word !== undefined; word = plain(rest[0])) {
    if (OPENING.includes(word)) shell.depth += 1;
    if (CLOSING.includes(word)) shell.depth = Math.max(0, shell.depth - 1);
    if (word === 'for' || word === 'case' || word === 'select' || word === 'function') return;
    if (!SKIPPED.includes(word)) break;
    rest.shift();
  }
  const assigned: { readonly name: string; readonly variable: ShellVariable }[] = [];
  const assign = (word: ShellWord): boolean => {
    const [, name, plus] = ASSIGNMENT.exec(word[0]?.isQuoted === false ? word[0].text : '') ?? [];
    if (name === undefined || word[0] === undefined) return false;
    const head = { ...word[0], text: word[0].text.replace(ASSIGNMENT, '') };
    const before = plus === '+' ? (shell.variables.get(name)?.value ?? '') : '';
    const value = `${before}${expandPieces([head, ...word.slice(1)], shell)}`;
    assigned.push({ name, variable: { value, path, isExported: true } });
    return true;
  };
  while (rest[0] !== undefined && assign(rest[0])) rest.shift();
  const isGuarded = isConditional || shell.depth > 0;
  if (rest.length === 0) {
    for (const { name, variable } of assigned) keep(name, variable, false, isGuarded, shell);
    return;
  }
  const command = plain(rest[0]) ?? '';
  if (EXPORTS.includes(command)) {
    const names = rest.slice(1).filter((word) => !assign(word));
    const isExport = command === 'export' || rest.some((word) => /^-[a-zA-Z]*x/.test(plain(word) ?? ''));
    for (const { name, variable } of assigned) keep(name, variable, isExport, isGuarded, shell);
    for (const name of names.flatMap((word) => plain(word) ?? [])) {
      const known = shell.variables.get(name);
      if (known !== undefined && isExport) shell.variables.set(name, { ...known, isExported: true });
    }
    return;
  }
  const words = rest.flatMap((word) => expandWord(word, shell));
  if (words.length === 0) return;
  if (command === 'set') {
    const options = words.slice(1).join(' ');
    if (/(?:^| )-\w*a|-o allexport/.test(options)) shell.exportsAll = true;
    if (/(?:^| )\+\w*a|\+o allexport/.test(options)) shell.exportsAll = false;
    return;
  }
  if (command === '.' || command === 'source') {
    const file = words[1] ?? '';
    const text = level < MAX_DEPTH ? shell.host.read(file) : undefined;
    if (text === undefined) shell.hasGaps = true;
    else runTokens(text, file, shell, level + 1);
    return;
  }
  if (shell.commands.length >= MAX_COMMANDS) return;
  const variables = new Map(shell.variables);
  for (const { name, variable } of assigned) variables.set(name, variable);
  shell.commands.push({ words, variables, unknowns: [...shell.unknowns] });
}

function keep(
  name: string,
  variable: ShellVariable,
  isExport: boolean,
  isGuarded: boolean,
  shell: Shell,
): void {
  const known = shell.variables.get(name);
  if (isGuarded && known !== undefined && known.value !== '') return;
  const isExported = isExport || shell.exportsAll || known?.isExported === true;
  shell.variables.set(name, { ...variable, isExported });
}

/** Text without any expansion, as keywords and names of builtins are written. */
function plain(word: ShellWord | undefined): string | undefined {
  if (word === undefined || word.some(({ type, isQuoted }) => type !== 'text' || isQuoted)) return undefined;
  return word.map(({ text }) => text).join('');
}

function expandWord(word: ShellWord, shell: Shell): readonly string[] {
  const [first] = word.filter(({ type, text }) => type !== 'text' || text !== '');
  const isAlone = word.filter(({ type, text }) => type !== 'text' || text !== '').length === 1;
  if (first?.type === 'parameter' && isAlone) {
    const list = listOf(first.text, shell);
    if (list !== undefined) return list;
  }
  let words = [''];
  let isEmpty = word.every(({ isQuoted }) => !isQuoted);
  for (const piece of word) {
    const value = expandPieces([piece], shell);
    if (piece.type === 'text' || piece.isQuoted || shell.unknowns.has(piece.raw)) {
      words = [...words.slice(0, -1), `${words.at(-1) ?? ''}${value}`];
      if (value !== '') isEmpty = false;
      continue;
    }
    const [head = '', ...more] = value.split(/[ \t\n]+/);
    words = [...words.slice(0, -1), `${words.at(-1) ?? ''}${head}`, ...more];
    if (value.trim() !== '') isEmpty = false;
  }
  return isEmpty ? [] : words.filter((text, index) => text !== '' || (index === 0 && words.length === 1));
}

/** `"$@"` and `"${ARGS[@]}"`. */
function listOf(parameter: string, shell: Shell): readonly string[] | undefined {
  if (parameter === '@' || parameter === '*') return shell.args;
  const [, name] = /^([A-Za-z_]\w*)\[[@*]\]$/.exec(parameter) ?? [];
  return name === undefined ? undefined : (shell.arrays.get(name) ?? []);
}

function expandPieces(word: ShellWord, shell: Shell): string {
  return word
    .map((piece) => {
      if (piece.type === 'text') return piece.text;
      const value =
        piece.type === 'command' ? commandOutput(piece.text, shell) : parameterValue(piece.text, shell);
      if (value !== undefined) return value;
      shell.unknowns.add(piece.raw);
      return piece.raw;
    })
    .join('');
}

function parameterValue(text: string, shell: Shell): string | undefined {
  const list = listOf(text, shell);
  if (list !== undefined) return list.join(' ');
  if (/^\d$/.test(text)) return text === '0' ? undefined : (shell.args[Number(text) - 1] ?? '');
  const [, name, operator, word] = /^([A-Za-z_]\w*)(?:(:?[-=+?])([\s\S]*))?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const value = shell.variables.get(name)?.value ?? (name === 'HOSTNAME' ? shell.host.hostName : undefined);
  const isSet =
    operator?.startsWith(':') === true ? value !== undefined && value !== '' : value !== undefined;
  if (operator?.endsWith('+') === true) return isSet ? inner(word ?? '', shell) : '';
  if (isSet) return value;
  if (/^:?[-=]$/.test(operator ?? '')) {
    const fallback = inner(word ?? '', shell);
    if (operator?.endsWith('=') === true)
      shell.variables.set(name, { value: fallback, path: shell.path, isExported: shell.exportsAll });
    return fallback;
  }
  return shell.hasGaps || name === 'HOSTNAME' ? undefined : '';
}

function inner(text: string, shell: Shell): string {
  const [token] = shellTokens(`"${text.replace(/^"([\s\S]*)"$/, '$1')}"`);
  return token?.type === 'word' ? expandPieces(token.word, shell) : text;
}

/** The output of the few commands that the files of a host can tell. */
function commandOutput(command: string, shell: Shell): string | undefined {
  const words = command.trim().split(/\s+/);
  const name = shell.host.hostName;
  switch (words[0]) {
    case 'hostname':
    case 'uname':
      if (words[0] === 'uname' && words[1] !== '-n') return undefined;
      if (words[1] !== undefined && !['-s', '-f', '-n'].includes(words[1])) return undefined;
      return words[1] === '-s' ? name?.split('.')[0] : name;
    case 'cat':
      return words.length === 2 ? shell.host.read(words[1] ?? '')?.trimEnd() : undefined;
    default:
      return undefined;
  }
}
