import { directiveValues } from '../directive-values.js';
import { unknownSpecifier } from '../specifiers.js';
import { splitExecStart } from '../unit-reader.js';
import type { ServiceRule } from './service-rule.js';

/** Programs that do nothing but fail. */
const FAILING = /^(?:\/usr)?\/bin\/false$/;

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
      for (const directive of ['ExecCondition', 'ExecStartPre', 'ExecStartPost'])
        for (const line of directiveValues(sections, directive)) {
          const [binary = ''] = splitExecStart(line, new Map()) ?? [];
          if (!FAILING.test(binary) || /^[@:+!|]*-/.test(line)) continue;
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
