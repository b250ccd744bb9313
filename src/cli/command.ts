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
  /** What a shell offers where an operand is typed. */
  readonly operands: Offer;
  readonly options: readonly CommandOption[];
  /** Command lines that work as they stand, the commonest first. */
  readonly examples: readonly CommandExample[];
  readonly run: (input: CommandInput, io: CliIo) => Promise<ExitCode>;
}

/**
 * Paths, paths of folders, or these words.
 *
 * @internal
 */
export type Offer = 'paths' | 'folders' | readonly string[];

/** @internal */
export interface CommandExample {
  /** For a shell. */
  readonly line: string;
  /** What it does, as a heading. */
  readonly what: string;
}

/** @internal */
export interface CommandOption {
  readonly name: string;
  /** One letter, for `-o`. */
  readonly short?: string;
  /** The value's placeholder in the help; an option without one is a switch. */
  readonly value?: string;
  /** What a shell offers for the value. */
  readonly offer?: Offer;
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
