import { baseName } from '../text/path.js';
import { splitQuotedWords } from './words.js';

/**
 * A command of a line for a shell.
 *
 * @internal
 */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Whether it runs only if another one succeeds or fails. */
  readonly isConditional: boolean;
}

const SHELLS: readonly string[] = ['sh', 'bash', 'dash'];
const OPERATOR = /(;|&&|\|\||\||&|\n)/g;
/** Words that begin a branch, and those that stand before a command (POSIX.1-2024, Shell Command Language, 2.9.4). */
const BRANCHES: readonly string[] = ['then', 'else', 'do'];
const ENDS: readonly string[] = ['fi', 'done'];
const BEFORE: readonly string[] = [
  '{',
  '(',
  'if',
  'while',
  'until',
  'elif',
  '!',
  'exec',
  'command',
  'sudo',
  'env',
];

/**
 * The text that `sh -c` is given.
 *
 * @returns undefined where no shell is started with one
 * @internal
 */
export function shellText([binary = '', ...words]: readonly string[]): string | undefined {
  if (!SHELLS.includes(baseName(binary))) return undefined;
  const at = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return at < 0 ? undefined : words[at + 1];
}

/**
 * The commands of a line, in their order. What stands in quotes that hold an operator, and what a command puts out, is not looked into.
 *
 * @example
 * ```ts
 * shellCommands('cd /srv && rm -rf data'); // => [{words: ['cd', '/srv'], …}, {words: ['rm', '-rf', 'data'], isConditional: true}]
 * ```
 * @internal
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let depth = 0;
  let isAfter = false;
  const end = (): void => {
    const [first = ''] = words;
    if (ENDS.includes(first)) depth = Math.max(0, depth - 1);
    if (BRANCHES.includes(first)) depth += first === 'else' ? 0 : 1;
    const plain = words.slice(words.findIndex((word) => ![...BRANCHES, ...ENDS, ...BEFORE].includes(word)));
    if (words.length > 0) commands.push({ words: plain, isConditional: isAfter || depth > 0 });
    words = [];
  };
  for (const { raw, value } of splitQuotedWords(text.replaceAll(OPERATOR, ' $1 ').replaceAll('\n', ';')) ??
    []) {
    if (!/^(?:;|&&|\|\||\||&)$/.test(raw)) {
      words.push(value);
      continue;
    }
    end();
    isAfter = raw === '&&' || raw === '||';
  }
  end();
  return commands;
}
