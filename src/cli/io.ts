import type { CryptoProvider } from '../crypto/provider.js';

/**
 * All that a command needs from the outside; bin.ts takes it from the process, a test makes it up.
 *
 * @internal
 */
export interface CliIo {
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; what relative paths are relative to. */
  readonly cwd: string;
  /** Asks at the terminal without showing the answers, one for each question; undefined where there is none. */
  readonly askSecrets: (questions: readonly string[]) => Promise<readonly string[] | undefined>;
  /** Seconds since the epoch. */
  readonly now: () => number;
  /** Aborts when the operator interrupts what {@link whileWriting} works at; anything else just ends. */
  readonly signal: AbortSignal;
  /** For work that must not end half done. */
  readonly whileWriting: <T>(work: () => Promise<T>) => Promise<T>;
  /** Loaded when keys are needed and not before. */
  readonly loadCrypto: () => Promise<CryptoProvider>;
}

/** @internal */
export interface CliStream {
  readonly isTTY: boolean;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
  readonly write: (text: string) => void;
}
