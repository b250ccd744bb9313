import type { SystemdSection } from '../../cluster-spec.js';
import { isOn, lastValue } from '../../systemd/directive-values.js';
import { BEFORE_START, execCommands } from '../../systemd/exec-commands.js';
import { shellCommands, shellText } from '../../systemd/shell-commands.js';
import { baseName } from '../../text/path.js';

/**
 * A change to what a path leads to.
 *
 * @internal
 */
export interface Preparation {
  /** Absolute; a shell pattern where `isGlob`. */
  readonly path: string;
  readonly isGlob: boolean;
  /** `inside` where all below the path changes with it; `with-owner` where it does so only if the owner of the path itself changes. */
  readonly reach: 'itself' | 'inside' | 'with-owner';
  /** What is made where nothing is. */
  readonly creates: 'file' | 'directory' | undefined;
  readonly user?: string;
  readonly group?: string;
  readonly mode?: number;
  /** Whether owner and mode are for what is made alone. */
  readonly isForNew: boolean;
}

interface PreStart {
  readonly steps: readonly Preparation[];
  readonly isOpen: boolean;
}

const CHANGES_NOTHING: readonly string[] = [
  'true',
  'false',
  'test',
  '[',
  'echo',
  'sleep',
  'printf',
  'logger',
  'touch',
  'ls',
  'cat',
  'sync',
];

/**
 * What ExecStartPre= changes. Commands without root's rights change nothing that etcd could not change itself.
 *
 * @internal
 */
export function preStartOf(sections: readonly SystemdSection[]): PreStart {
  const user = lastValue(sections, 'User');
  const isPlainRoot =
    user === '' || user === 'root' || user === '0' || isOn(sections, 'PermissionsStartOnly');
  const steps: Preparation[] = [];
  let isOpen = false;
  for (const { prefixes, words } of execCommands(sections, BEFORE_START)) {
    if (words.length === 0 || (!isPlainRoot && !/[+!]/.test(prefixes))) continue;
    for (const command of commandsOf(words)) {
      const read = readCommand(command);
      if (read === undefined) isOpen = true;
      else for (const step of read) steps.push(step);
    }
  }
  return { steps, isOpen };
}

/** A command, or the commands of `sh -c`. */
function commandsOf(words: readonly string[]): readonly (readonly string[])[] {
  const script = shellText(words);
  if (script === undefined) return [words];
  if (/[$`|<>(){}*]/.test(script)) return [['?']];
  return shellCommands(script).map((command) => command.words);
}

/** Undefined where nobody can say what it does. */
function readCommand([binary = '', ...words]: readonly string[]): readonly Preparation[] | undefined {
  const name = baseName(binary);
  if (CHANGES_NOTHING.includes(name)) return [];
  const { options, operands } = readOptions(words, name === 'install' || name === 'mkdir' ? 'mog' : '');
  const isRecursive = options.has('R') || options.has('recursive');
  const reach = isRecursive ? 'inside' : 'itself';
  const step = (path: string, change: Partial<Preparation>): Preparation => ({
    path: path.replace(/(?<=.)\/+$/, ''),
    isGlob: false,
    reach,
    creates: undefined,
    isForNew: false,
    ...change,
  });
  const mode = octal(options.get('m') ?? options.get('mode') ?? '');
  if (name === 'mkdir')
    return operands.map((path) => step(path, { creates: 'directory', isForNew: true, ...mode }));
  if (name === 'install' && options.has('d'))
    return operands.map((path) =>
      step(path, {
        creates: 'directory',
        ...owner(options.get('o') ?? 'root', options.get('g') ?? 'root'),
        ...(mode.mode === undefined ? { mode: 0o755 } : mode),
      }),
    );
  const [first = '', ...paths] = operands;
  if (name === 'chown') {
    const [user = '', group] = first.split(/[:.]/);
    // `chown etcd:` takes the login group, which is named as the user almost everywhere.
    return paths.map((path) => step(path, owner(user, group === '' ? user : group)));
  }
  if (name === 'chgrp') return paths.map((path) => step(path, owner('', first)));
  if (name === 'chmod' && /^[0-7]{3,4}$/.test(first)) return paths.map((path) => step(path, octal(first)));
  return undefined;
}

function owner(user: string, group: string | undefined): Pick<Preparation, 'user' | 'group'> {
  return { ...(user === '' ? {} : { user }), ...(group === undefined || group === '' ? {} : { group }) };
}

function octal(text: string): { readonly mode?: number } {
  return /^[0-7]{3,4}$/.test(text) ? { mode: Number.parseInt(text, 8) } : {};
}

function readOptions(
  words: readonly string[],
  withValue: string,
): { readonly options: ReadonlyMap<string, string>; readonly operands: readonly string[] } {
  const options = new Map<string, string>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, long, value] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (long !== undefined) options.set(long, value ?? '');
    else if (/^-[a-zA-Z]/.test(word)) {
      const letters = word.slice(1);
      const taking = [...letters].findIndex((letter) => withValue.includes(letter));
      const flags = taking < 0 ? letters : letters.slice(0, taking);
      for (const letter of flags) options.set(letter, '');
      if (taking < 0) continue;
      const inline = letters.slice(taking + 1);
      if (inline === '') at += 1;
      options.set(letters.charAt(taking), inline === '' ? (words[at] ?? '') : inline);
    } else operands.push(word);
  }
  return { options, operands };
}
