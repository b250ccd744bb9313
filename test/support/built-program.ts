import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { onceInARun } from './once-in-a-run.js';

/**
 * Builds the command, as it is published, and puts it into a folder. In a process of its own: what builds it is JavaScript, without types.
 *
 * @returns path of the program
 */
export async function buildCommand(folder: string): Promise<string> {
  const url = new URL('../../scripts/program.js', import.meta.url).href;
  const built = await onceInARun('program', async (out) => {
    const script = `const { buildProgram } = await import(${JSON.stringify(url)}); await buildProgram(${JSON.stringify(out)});`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  });
  cpSync(built, folder, { recursive: true });
  return join(folder, 'etcd-bundle.js');
}
