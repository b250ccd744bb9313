import { type ChildProcess, spawn } from 'node:child_process';

/** A program that runs until it is stopped. */
export interface Running {
  /** Standard output and error so far. */
  readonly output: () => string;
  readonly ended: () => boolean;
  /** Whether the output matched before the program ended or the time was over. */
  readonly says: (pattern: RegExp, milliseconds?: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: number;
}

const LONGEST_WAIT = 12_000;
const MAX_OUTPUT = 4_000_000;

const running = new Set<() => Promise<void>>();

/** Ends every program that is still there. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

/** Starts a program; {@link stopAll} ends it at the latest. */
export function start(binary: string, words: readonly string[], options: RunOptions): Running {
  const { cwd, environment = {}, user } = options;
  const child = spawn(binary, words, {
    cwd,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  const gone = endOf(child);
  let output = '';
  let ended = false;
  const hear = (chunk: Buffer): void => {
    if (output.length < MAX_OUTPUT) output += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  void gone.then(() => {
    ended = true;
  });
  const stop = async (): Promise<void> => {
    if (!ended) child.kill('SIGKILL');
    await gone;
  };
  running.add(stop);
  void gone.then(() => running.delete(stop));
  return {
    output: () => output,
    ended: () => ended,
    stop,
    says: async (pattern, milliseconds = LONGEST_WAIT) => {
      const deadline = Date.now() + milliseconds;
      while (!ended && Date.now() < deadline && !pattern.test(output)) await pause(50);
      return pattern.test(output);
    },
  };
}

/** Runs a program to its end, or to the end of its time; returns what it said. */
export async function finish(
  binary: string,
  words: readonly string[],
  options: RunOptions,
  milliseconds: number = LONGEST_WAIT,
): Promise<string> {
  const program = start(binary, words, options);
  const deadline = Date.now() + milliseconds;
  while (!program.ended() && Date.now() < deadline) await pause(20);
  await program.stop();
  return program.output();
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
}
