import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

/** Whether this process may mount: CAP_SYS_ADMIN, bit 21 (capabilities(7)). */
export const mayMount: boolean =
  process.platform === 'linux' && process.getuid?.() === 0 && hasCapability(21n);

/** A user without privileges, for what root could not fail at; root alone can become another one. */
export const nobody: { readonly uid?: number; readonly gid?: number } =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** An own folder that everybody may look into. */
export function makeWorkFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'robustness-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Bundles write-output.ts so that Node can run it. */
export async function buildProgram(folder: string): Promise<string> {
  const outfile = join(folder, 'write-output.mjs');
  const entry = join(import.meta.dirname, 'write-output.ts');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile });
  chmodSync(outfile, 0o644);
  return outfile;
}

export interface ProgramRun {
  readonly done: Promise<{ readonly code: number | null; readonly output: string }>;
  readonly kill: () => void;
}

/** Runs the program, under a umask and as a user where asked. */
export function startProgram(
  program: string,
  args: readonly string[],
  options: { readonly umask?: string; readonly uid?: number; readonly gid?: number } = {},
): ProgramRun {
  const { umask = '022', ...user } = options;
  const script = 'umask "$0"; exec "$@"';
  const child = spawn('/bin/sh', ['-c', script, umask, process.execPath, program, ...args], {
    ...user,
    cwd: '/',
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const done = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
  return { done, kill: () => void child.kill('SIGKILL') };
}

function hasCapability(bit: bigint): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> bit) & 1n) === 1n;
}
