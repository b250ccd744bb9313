import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Builds the command into a folder, as it is published. In a process of its own: what builds it is JavaScript, without types.
 *
 * @returns path of the program
 */
export function buildCommand(folder: string): string {
  const url = new URL('../../scripts/program.js', import.meta.url).href;
  const script = `const { buildProgram } = await import(${JSON.stringify(url)}); await buildProgram(${JSON.stringify(folder)});`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script]);
  return join(folder, 'etcd-bundle.js');
}
