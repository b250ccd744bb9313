import type { SystemdSection } from '../cluster-spec.js';
import { directiveValues } from './directive-values.js';
import { splitExecStart } from './unit-reader.js';

/**
 * A command of a unit, besides the one that the service is.
 *
 * @internal
 */
export interface ExecCommand {
  readonly directive: string;
  /** As the unit has it. */
  readonly line: string;
  /** As {@link execPrefixes} tells them. */
  readonly prefixes: string;
  /** The program and its arguments; none where systemd ignores the line. */
  readonly words: readonly string[];
}

/**
 * Those that run before the service, in their order.
 *
 * @internal
 */
export const BEFORE_START: readonly string[] = ['ExecCondition', 'ExecStartPre'];

/**
 * The commands of some directives of a unit.
 *
 * @param variables - what is set, as far as it is known
 * @internal
 */
export function execCommands(
  sections: readonly SystemdSection[],
  directives: readonly string[],
  variables: ReadonlyMap<string, string> = new Map(),
): readonly ExecCommand[] {
  return directives.flatMap((directive) =>
    directiveValues(sections, directive).map((line) => ({
      directive,
      line,
      prefixes: execPrefixes(line),
      words: splitExecStart(line, variables) ?? [],
    })),
  );
}

/**
 * The special characters before a command, such as the `-` of one that may fail (systemd.service(5), "Special executable prefixes").
 *
 * @internal
 */
export function execPrefixes(line: string): string {
  return /^[-@:+!|]*/.exec(line)?.[0] ?? '';
}
