import { directiveValues } from '../directive-values.js';
import { BEFORE_START, execCommands } from '../exec-commands.js';
import { unknownSpecifier } from '../specifiers.js';
import type { ServiceRule } from './service-rule.js';

/**
 * Programs that do nothing but fail.
 *
 * @internal
 */
export const FAILING: RegExp = /^(?:\/usr)?\/bin\/false$/;

/**
 * Commands around etcd that end the start of a unit (systemd.service(5), ExecStartPre=; systemd.unit(5), "Specifiers").
 *
 * @internal
 */
export const commandRules: readonly ServiceRule[] = [
  {
    id: 'command-fails',
    level: 'error',
    reads: ['ExecCondition', 'ExecStartPre', 'ExecStartPost'],
    *check({ sections }) {
      const commands = execCommands(sections, [...BEFORE_START, 'ExecStartPost']);
      for (const { directive, line, prefixes, words } of commands) {
        if (!FAILING.test(words[0] ?? '') || prefixes.includes('-')) continue;
        yield {
          directives: [directive],
          message: `${directive}=${line} fails, and with it the start of the unit.`,
          cure: 'Remove it, or write - before the command if it may fail.',
          says: 'Control process exited, code=exited, status=1/FAILURE',
        };
      }
    },
  },
  {
    id: 'unknown-specifier',
    level: 'error',
    reads: ['ExecStart', 'ExecStartPre'],
    *check({ sections }) {
      for (const directive of ['ExecStart', 'ExecStartPre'])
        for (const value of directiveValues(sections, directive)) {
          const unknown = unknownSpecifier(value.replaceAll('%%', ''));
          if (unknown === undefined) continue;
          yield {
            directives: [directive],
            message: `systemd knows no specifier ${unknown}, and does not start a unit with one in ${directive}.`,
            cure: `Write %${unknown} for the characters themselves.`,
            says: `Failed to resolve unit specifiers in ${value.slice(0, 80)}: Invalid slot`,
          };
        }
    },
  },
];
