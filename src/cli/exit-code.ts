/**
 * Exit codes of every command.
 *
 * @internal
 */
export const exitCodes = {
  /** Success. */
  done: 0,
  /** The document, the bundle or the output folder is wrong. */
  wrong: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The system failed: disk, permission. */
  system: 3,
  /** Something is due. */
  due: 4,
} as const;

/** @internal */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * What each says, for the help.
 *
 * @internal
 */
export const exitCodeTexts: Readonly<Record<ExitCode, string>> = {
  0: 'success',
  1: 'the input or the bundle is wrong',
  2: 'wrong usage',
  3: 'the system failed',
  4: 'something is due',
};
