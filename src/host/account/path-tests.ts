import type { SystemdSection } from '../../cluster-spec.js';
import { directiveValues } from '../../systemd/directive-values.js';
import { splitExecStart } from '../../systemd/unit-reader.js';

/**
 * What test(1) asks of one path before a unit starts, as in `ExecStartPre=/usr/bin/test -f /etc/etcd/etcd.conf`.
 *
 * @internal
 */
export interface PathTest {
  readonly directive: string;
  /** The command as the unit has it. */
  readonly line: string;
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
  for (const directive of ['ExecCondition', 'ExecStartPre'])
    for (const line of directiveValues(sections, directive)) {
      const [program = '', ...args] = splitExecStart(line, new Map()) ?? [];
      if (!TEST.test(program)) return found;
      const isNegated = args[0] === '!';
      const [operator = '', path = '', end = ']', ...more] = isNegated ? args.slice(1) : args;
      const wanted = OPERATORS.get(operator);
      const isPlain = path.startsWith('/') && !/[%$]/.test(path) && end === ']' && more.length === 0;
      if (wanted !== undefined && isPlain && !/^[@:+!|]*-/.test(line))
        found.push({ directive, line, path, wanted, isNegated });
    }
  return found;
}
