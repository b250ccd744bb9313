import { parseArgs } from 'node:util';
import { nearest } from '../text/nearest.js';
import { type Command, type CommandInput, UsageError } from './command.js';

const HELP = { name: 'help', short: 'h', summary: 'Prints this.' };

/**
 * Options that a command's help lists: its own, and `--help`.
 *
 * @internal
 */
export function optionsOf(command: Command): Command['options'] {
  return [...command.options, HELP];
}

/**
 * Reads what follows a command's name.
 *
 * @throws UsageError for an option that the command does not know, a missing or superfluous value, or a value given twice
 * @internal
 */
export function parseArguments(command: Command, args: readonly string[]): CommandInput {
  const options = optionsOf(command);
  const types = options.map(
    ({ name, short, value }) =>
      [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
      ] as const,
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find(({ name }) => name === token.name);
    if (option === undefined) throw new UsageError('unknown-option', unknownOption(token.rawName, options));
    if (option.value === undefined) {
      if (token.value !== undefined)
        throw new UsageError('option-with-value', `${token.rawName} takes no value.`);
      switches.add(option.name);
    } else {
      if (!token.value)
        throw new UsageError(
          'option-without-value',
          `${token.rawName} needs a value: ${token.rawName} ${option.value}.`,
        );
      if (option.isList === true) {
        lists.set(option.name, [...(lists.get(option.name) ?? []), token.value]);
        continue;
      }
      if (values.has(option.name)) throw new UsageError('option-twice', `${token.rawName} is given twice.`);
      values.set(option.name, token.value);
    }
  }
  return { positionals, switches, values, lists };
}

/**
 * A sentence that asks whether the nearest of the known names was meant, or nothing.
 *
 * @internal
 */
export function didYouMean(text: string, known: readonly string[]): string {
  const candidate = nearest(text, known);
  return candidate === undefined ? '' : ` Did you mean ${candidate}?`;
}

function unknownOption(rawName: string, options: Command['options']): string {
  const known = options.map(({ name }) => `--${name}`);
  return `Unknown option ${rawName}.${didYouMean(rawName, known)}`;
}
