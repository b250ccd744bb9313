import type { UnixTime } from '../x509/time.js';
import { type CommandInput, type CommandOption, UsageError } from './command.js';

/**
 * The option of commands that depend on the clock.
 *
 * @internal
 */
export const atOption: CommandOption = {
  name: 'at',
  value: 'TIME',
  summary: 'Checks as of another time, such as 2027-01-31T12:00:00Z.',
};

const TIME = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

/**
 * @returns undefined where it is not given
 * @throws UsageError for what is not a time
 * @internal
 */
export function readAt({ values }: Pick<CommandInput, 'values'>): UnixTime | undefined {
  const text = values.get('at');
  if (text === undefined) return undefined;
  const seconds = /^\d{1,12}$/.test(text)
    ? Number(text)
    : TIME.test(text)
      ? Math.floor(Date.parse(text) / 1000)
      : Number.NaN;
  if (!Number.isFinite(seconds))
    throw new UsageError('option-value', `--at takes a time such as 2027-01-31T12:00:00Z, not ${text}.`);
  return seconds;
}
