import { spawn } from 'node:child_process';

export interface RunResult {
  /** Exit code; 128 + n where signal n ended it, 124 where its time was up (as timeout(1) has it). */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Milliseconds; 30,000 where absent. */
  readonly timeout?: number;
  /** What the program reads on its standard input; nothing where absent. */
  readonly input?: string | Uint8Array;
  /** Replaces the whole environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const timeUp = 124;

/** Runs a program to its end. A non-zero exit is a result, not an error; a program that cannot be started is an error. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { timeout = 30_000, input, env } = options;
  return new Promise((resolve, reject) => {
    // A process group of its own, so that what the program started ends with it when its time is up.
    const child = spawn(file, args, { detached: true, ...(env === undefined ? {} : { env }) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup(child.pid);
      // A grandchild that left the group may hold the pipes open; the result does not wait for it.
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeout);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {}); // A program may end without reading its input.
    child.stdin.end(input);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const note = late ? `\n${file}: not done after ${timeout} ms` : '';
      resolve({
        code: late ? timeUp : (code ?? 128 + signalNumber(signal)),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8') + note,
      });
    });
  });
}

/** Runs a program that has to succeed, and gives what it printed. */
export async function runSound(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return soundOutput(`${file} ${args.join(' ')}`, await runProgram(file, args, options));
}

/** The output of a run that has to have succeeded; throws with what it said where it did not. */
export function soundOutput(command: string, result: RunResult): string {
  if (result.code === 0) return result.stdout;
  throw new Error(`exit code ${result.code}: ${command}\n${result.stdout}${result.stderr}`);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === 'SIGKILL' ? 9 : signal === 'SIGTERM' ? 15 : 0;
}
