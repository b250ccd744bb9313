import { type CommandInput, type CommandOption, UsageError } from './command.js';

/**
 * How a command prints what it found: for people, as one JSON object, or as workflow commands of GitHub Actions.
 *
 * @internal
 */
export type Format = (typeof FORMATS)[number];

const FORMATS = ['text', 'json', 'github'] as const;

/**
 * The options of commands that print in every format.
 *
 * @internal
 */
export const formatOptions: readonly CommandOption[] = [
  {
    name: 'format',
    value: '<format>',
    offer: FORMATS,
    summary: 'text, json, or github: annotations of a GitHub Actions workflow.',
  },
  { name: 'json', summary: 'The same as --format json.' },
];

/**
 * @throws UsageError for a format that is not known, or two of them
 * @internal
 */
export function readFormat({ switches, values }: Pick<CommandInput, 'switches' | 'values'>): Format {
  const isJson = switches.has('json');
  const name = values.get('format') ?? (isJson ? 'json' : 'text');
  const format = FORMATS.find((known) => known === name);
  if (format === undefined)
    throw new UsageError('option-value', `--format takes text, json or github, not ${name}.`);
  if (isJson && format !== 'json')
    throw new UsageError('options-contradict', `--json and --format ${name} contradict each other.`);
  return format;
}
