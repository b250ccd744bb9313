import type { ISSUE_CODES } from '../issue-codes.js';
import type { ExitCode } from './exit-code.js';
import type { CliIo } from './io.js';

/**
 * One command. Each is a file in commands/ that exports one, listed in commands.ts.
 *
 * @internal
 */
export interface Command {
  readonly name: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** What follows the command's name. */
  readonly usage: string;
  readonly options: readonly CommandOption[];
  readonly run: (input: CommandInput, io: CliIo) => Promise<ExitCode>;
}

/** @internal */
export interface CommandOption {
  readonly name: string;
  /** The value's placeholder in the help; an option without one is a switch. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly isList?: boolean;
  readonly summary: string;
}

/** @internal */
export interface CommandInput {
  readonly positionals: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  /** Of options that may be given several times. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** @internal */
export type UsageCode = keyof (typeof ISSUE_CODES)['usage'];

/**
 * The command line is wrong.
 *
 * @internal
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: UsageCode;

  constructor(code: UsageCode, message: string) {
    super(message);
    this.code = code;
  }
}
