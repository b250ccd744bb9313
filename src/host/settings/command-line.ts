import type { EtcdVersion } from '../../cluster-spec.js';
import { isInSpan } from '../../etcd/release-span.js';
import type { SettingDefinition } from '../../etcd/setting/definition.js';
import { findSetting, IGNORED_FLAGS } from '../../etcd/setting/table.js';
import { goValueFault } from './go-value.js';
import type { SettingEntry, SettingFault } from './settings.js';

/**
 * Reads etcd's arguments as Go's `flag` package does: one or two hyphens, a value after `=` or in the next argument, none for a
 * boolean. The first fault ends etcd; we read on, so that every fault is reported at once.
 *
 * @param path - file that contains the command
 * @internal
 */
export function readArguments(
  args: readonly string[],
  version: EtcdVersion,
  path: string,
): { readonly entries: readonly SettingEntry[]; readonly faults: readonly SettingFault[] } {
  const entries: SettingEntry[] = [];
  const faults: SettingFault[] = [];
  const fail = (kind: SettingFault['kind'], name: string, value: string, says: string): void =>
    void faults.push({ kind, name, value, path, says });
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? '';
    const [, name, inline] = /^--?([^-=][^=]*)(?:=([\s\S]*))?$/.exec(argument) ?? [];
    if (name === undefined) {
      if (argument === '--' && at === args.length - 1) break;
      if (argument === '--') at += 1;
      const shown = argument === '--' ? (args[at] ?? '') : argument;
      fail(
        'not-a-flag',
        '',
        shown,
        argument.startsWith('-') && argument.length > 1 && argument !== '--'
          ? `bad flag syntax: ${argument}`
          : notAFlag(shown, version),
      );
      continue;
    }
    const definition = findSetting(name);
    if (IGNORED_FLAGS.includes(name)) continue;
    if (definition === undefined || !isInSpan(version, definition)) {
      fail('unknown-flag', name, inline ?? '', `flag provided but not defined: -${name}`);
      if (inline === undefined && isValueOf(args[at + 1], definition)) at += 1;
      continue;
    }
    const isBoolean = definition.kind.type === 'boolean';
    const value = inline ?? (isBoolean ? 'true' : args[at + 1]);
    if (value === undefined) {
      fail('missing-value', name, '', `flag needs an argument: -${name}`);
      break;
    }
    if (inline === undefined && !isBoolean) at += 1;
    entries.push({ name, value, path, from: 'flag' });
    const why = value === '' && !isBoolean ? undefined : goValueFault(definition, value, version);
    if (why !== undefined) fail('bad-value', name, value, flagWords(name, value, why, isBoolean));
  }
  return { entries, faults };
}

/** Whether the word after an unknown flag is its value. */
function isValueOf(next: string | undefined, definition: SettingDefinition | undefined): boolean {
  return next !== undefined && !next.startsWith('-') && definition?.kind.type !== 'boolean';
}

function notAFlag(word: string, version: EtcdVersion): string {
  return `${isInSpan(version, { until: '3.5' }) ? `'${word}'` : `"${word}"`} is not a valid flag`;
}

function flagWords(name: string, value: string, why: string, isBoolean: boolean): string {
  if (isBoolean) return `invalid boolean value "${value}" for -${name}: ${why}`;
  return /^(?:parse |value out|invalid value|URL |unrecognized feature|missing bool)/.test(why)
    ? `invalid value "${value}" for flag -${name}: ${why}`
    : why;
}
