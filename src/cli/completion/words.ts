import { optionsOf } from '../arguments.js';
import type { Command, CommandOption } from '../command.js';

/**
 * What may stand in the place of a command, and its one line.
 *
 * @internal
 */
export function firstWords(commands: readonly Command[]): readonly (readonly [word: string, what: string])[] {
  return [
    ...commands.map(({ name, summary }) => [name, summary] as const),
    ['help', 'Describes a command.'],
    ['version', 'Prints the version.'],
  ];
}

/**
 * An option as it is typed, long and short.
 *
 * @internal
 */
export function spellingsOf({ name, short }: CommandOption): readonly string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

/** @internal */
export function spelledOptions(command: Command): readonly string[] {
  return optionsOf(command).flatMap(spellingsOf);
}
