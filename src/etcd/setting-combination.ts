import type { EtcdSetting, EtcdVersion } from '../cluster-spec.js';
import type { Issue } from '../errors.js';
import { COMBINATION_RULES, type SettingView } from './combination-rules.js';

/**
 * Checks settings against each other, defaults included: everything that etcd would refuse to start with, or that does not do what
 * it says.
 *
 * @param where - `pathOf` a setting or gate in the document; `unknown` are settings whose values could not be read, so that no
 * rule may take them for unset
 * @internal
 */
export function checkSettingCombination(
  settings: readonly EtcdSetting[],
  version: EtcdVersion,
  where: { readonly pathOf: (name: string) => string; readonly unknown?: readonly string[] },
): readonly Issue[] {
  const values = new Map(
    settings.flatMap(({ name, value }) => [[name, value] as const, ...gateValues(name, value)]),
  );
  const view: SettingView = { version, value: (name) => values.get(name) };
  const unknown = where.unknown ?? [];
  return COMBINATION_RULES.flatMap(({ reads, check }) => {
    const problem = reads.some((name) => unknown.includes(name)) ? undefined : check(view);
    const at = reads.find((name) => values.has(name)) ?? '';
    return problem === undefined ? [] : [{ code: 'conflict' as const, path: where.pathOf(at), ...problem }];
  });
}

function gateValues(name: string, value: string): readonly (readonly [string, string])[] {
  if (name !== 'feature-gates') return [];
  return value.split(',').map((pair): readonly [string, string] => {
    const [gate = '', enabled = ''] = pair.split('=');
    return [gate, enabled];
  });
}
