import { baseName } from '../text/path.js';
import { trimEnd } from '../text/trim-end.js';
import { shellCommands, shellText } from './shell-commands.js';

/**
 * What a command removes.
 *
 * @internal
 */
export interface Removal {
  /** Absolute; in a shell a pattern. */
  readonly path: string;
  readonly isPattern: boolean;
  /** Whether folders go too. */
  readonly isDeep: boolean;
  /** Of what is below the path, the names of what goes; absent where all does. */
  readonly names?: string;
  /** Whether it does so at some times only. */
  readonly isConditional: boolean;
}

/** Tests of find(1) that not every file passes. */
const SELECTIVE = /^-(?:[acm](?:min|time)|[ac]?newer\w*|size|empty|user|group|perm|regex|path)$/;

/**
 * What a command removes, by rm(1), find(1) or mv(1), alone or in a line for a shell.
 *
 * @param environment - variables that the shell fills in
 * @internal
 */
export function removalsOf(
  words: readonly string[],
  environment: ReadonlyMap<string, string> = new Map(),
): readonly Removal[] {
  const text = shellText(words);
  if (text === undefined) return ofCommand(words, false, false);
  const filled = text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced: string | undefined, plain: string) => environment.get(braced ?? plain) ?? whole,
  );
  return shellCommands(filled).flatMap((command) => ofCommand(command.words, true, command.isConditional));
}

function ofCommand(
  [binary = '', ...words]: readonly string[],
  isPattern: boolean,
  isConditional: boolean,
): readonly Removal[] {
  const options = words.filter((word) => /^-./.test(word));
  const paths = absolutePaths(words);
  const common = { isPattern, isConditional };
  switch (baseName(binary)) {
    case 'rm': {
      const isDeep = options.some((option) => /^-[a-zA-Z]*[rR]|^--recursive$/.test(option));
      return paths.map((path) => ({ ...common, path, isDeep }));
    }
    case 'mv':
      return paths.slice(0, -1).map((path) => ({ ...common, path, isDeep: true }));
    case 'find': {
      const deletes = words.includes('-delete') || /-exec(?:dir)? (?:\S*\/)?rm\b/.test(words.join(' '));
      if (!deletes) return [];
      const starts = words.slice(
        0,
        words.findIndex((word) => word.startsWith('-')),
      );
      const test = words.findIndex((word) => /^-i?name$/.test(word));
      const names = test < 0 ? undefined : words[test + 1];
      return absolutePaths(starts).map((path) => ({
        path,
        isPattern,
        isDeep: true,
        ...(names === undefined ? {} : { names }),
        isConditional: isConditional || words.some((word) => SELECTIVE.test(word)),
      }));
    }
    default:
      return [];
  }
}

function absolutePaths(words: readonly string[]): readonly string[] {
  return words.filter((word) => word.startsWith('/')).map((word) => trimEnd(word, '/') || '/');
}
