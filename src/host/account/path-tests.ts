import type { SystemdSection } from '../../cluster-spec.js';
import { BEFORE_START, type ExecCommand, execCommands } from '../../systemd/exec-commands.js';

/**
 * What test(1) asks of one path before a unit starts, as in `ExecStartPre=/usr/bin/test -f /etc/etcd/etcd.conf`.
 *
 * @internal
 */
export interface PathTest extends Pick<ExecCommand, 'directive' | 'line'> {
  readonly path: string;
  readonly wanted: 'file' | 'directory' | 'any';
  readonly isNegated: boolean;
}

const TEST = /^(?:\/usr)?\/bin\/(?:test|\[)$/;
const OPERATORS: ReadonlyMap<string, PathTest['wanted']> = new Map([
  ['-e', 'any'],
  ['-f', 'file'],
  ['-d', 'directory'],
]);

/**
 * The tests that have to hold for a unit to start, up to the first other command, which may bring about what they ask for.
 *
 * @internal
 */
export function pathTests(sections: readonly SystemdSection[]): readonly PathTest[] {
  const found: PathTest[] = [];
  for (const { directive, line, prefixes, words } of execCommands(sections, BEFORE_START)) {
    const [program = '', ...args] = words;
    if (!TEST.test(program)) return found;
    const isNegated = args[0] === '!';
    const [operator = '', path = '', end = ']', ...more] = isNegated ? args.slice(1) : args;
    const wanted = OPERATORS.get(operator);
    const isPlain = path.startsWith('/') && !/[%$]/.test(path) && end === ']' && more.length === 0;
    if (wanted !== undefined && isPlain && !prefixes.includes('-'))
      found.push({ directive, line, path, wanted, isNegated });
  }
  return found;
}
