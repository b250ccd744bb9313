import type { Command } from '../command.js';
import { bashCompletion } from './bash.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

/**
 * A script for each shell, from the table of commands.
 *
 * @internal
 */
export const completions: Readonly<
  Record<'bash' | 'zsh' | 'fish', (commands: readonly Command[]) => string>
> = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
