import { lstatSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Finding } from '../verify/finding.js';
import type { CliIo } from './io.js';
import { workflowCommand } from './workflow-command.js';

/**
 * Findings as annotations of a GitHub Actions workflow, each at its file where that lies below one of the folders that were given.
 *
 * @param paths - as on the command line
 * @internal
 */
export function findingAnnotations(
  findings: readonly Finding[],
  paths: readonly string[],
  { cwd }: Pick<CliIo, 'cwd'>,
): string {
  return findings
    .map(({ rule, level, member, path, message, cure }) => {
      const where = [member, path].filter((part) => part !== '').join(': ');
      return workflowCommand({
        level,
        file: fileOf(path, paths, cwd),
        title: rule,
        message: `${where === '' ? '' : `${where}: `}${message} ${cure}`,
      });
    })
    .join('');
}

function fileOf(path: string, paths: readonly string[], cwd: string): string | undefined {
  if (path === '') return undefined;
  const candidates = paths.flatMap((given) => {
    const whole = resolve(cwd, given);
    return path === given || path === whole ? [whole] : [join(whole, path)];
  });
  const file = candidates.find(isFile);
  // The runner looks for files relative to the workspace, which a step starts in.
  return file === undefined ? undefined : relative(cwd, file).startsWith('..') ? file : relative(cwd, file);
}

function isFile(path: string): boolean {
  try {
    return !lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
