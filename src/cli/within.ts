import { parseNanoseconds } from '../text/go-duration.js';
import { type CommandInput, type CommandOption, UsageError } from './command.js';

/**
 * The option of commands that look ahead.
 *
 * @param summary - what it does
 * @internal
 */
export function withinOption(summary: string): CommandOption {
  return {
    name: 'within',
    value: 'TIME',
    summary: `${summary} A Go duration such as 720h, or days such as 30d.`,
  };
}

const DAYS = /^(\d{1,6})d$/;
const SECONDS_PER_DAY = 86_400;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/**
 * @returns whole seconds; undefined where it is not given
 * @throws UsageError for what is neither a Go duration of at least nothing nor a number of days
 * @internal
 */
export function readWithin({ values }: Pick<CommandInput, 'values'>): number | undefined {
  const text = values.get('within');
  if (text === undefined) return undefined;
  const [, days] = DAYS.exec(text) ?? [];
  if (days !== undefined) return Number(days) * SECONDS_PER_DAY;
  const nanoseconds = parseNanoseconds(text);
  if (nanoseconds === undefined || nanoseconds < 0n)
    throw new UsageError(
      'option-value',
      `--within takes a Go duration such as 720h, or days such as 30d, not ${text}.`,
    );
  return Number(nanoseconds / NANOSECONDS_PER_SECOND);
}
