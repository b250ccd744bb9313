/**
 * One file of the output folder.
 *
 * @public
 */
export interface OutputFile {
  /** Relative to the output folder: a name, or `ca/` and a name. */
  readonly path: string;
  /** Permission bits, as 0o600. */
  readonly mode: number;
  /** The whole contents. */
  readonly bytes: Uint8Array;
}

/**
 * One file of the output folder that is too large to be held in memory.
 *
 * @public
 */
export interface StreamedOutputFile {
  /** Relative to the output folder. */
  readonly path: string;
  /** Permission bits, as 0o600. */
  readonly mode: number;
  /** The whole contents from the beginning, in pieces. */
  readonly open: () => AsyncIterable<Uint8Array>;
}
