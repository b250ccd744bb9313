import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a run of the built command came to. */
export interface MeasuredRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** How often the blocks of the program were gone through, all together: the same on every machine, however busy. */
  readonly steps: number;
  /** Highest resident memory, MiB. */
  readonly peak: number;
}

const USAGE: string = fileURLToPath(new URL('../../bench/print-usage.cjs', import.meta.url));

/** Runs the built command with V8 counting its steps, which makes it slower and no larger. */
export function measuredRun(
  program: string,
  args: readonly string[],
  input: string | Uint8Array = '',
): MeasuredRun {
  const folder = mkdtempSync(join(tmpdir(), 'measured-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', USAGE, program, ...args], {
      encoding: 'utf8',
      input,
      maxBuffer: 2 ** 28,
      env: {
        PATH: process.env['PATH'],
        NODE_V8_COVERAGE: folder,
        NODE_DISABLE_COMPILE_CACHE: '1',
        HOME: folder,
      },
    });
    const [, kibibytes = 'NaN'] = /^usage (\d+) \d+$/m.exec(stderr) ?? [];
    return { exitCode: status, stdout, stderr, steps: stepsIn(folder), peak: Number(kibibytes) / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

function stepsIn(folder: string): number {
  let steps = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const { result }: Coverage = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const { url, functions } of result)
      if (url.endsWith('/main.cjs'))
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  }
  return steps;
}
