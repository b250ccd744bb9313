import type { Issue } from '../errors.js';
import type { EtcdSetting, EtcdVersion } from '../spec/cluster-spec.js';
import { COMBINATION_RULES } from './combination-rules.js';

/**
 * What a rule sees: the values of settings by name, feature gates by theirs (`true`, `false`), undefined where unset.
 *
 * @internal
 */
export interface SettingView {
  readonly version: EtcdVersion;
  readonly value: (name: string) => string | undefined;
}

/**
 * Settings that are fine one by one and not together (etcd `embed/config.go` Validate, and what panics later).
 *
 * @internal
 */
export interface CombinationRule {
  /** The settings and gates that it looks at; the issue is put at the first that is set. */
  readonly reads: readonly string[];
  readonly check: (view: SettingView) => { readonly message: string; readonly cure: string } | undefined;
}

/**
 * Holds settings against each other, defaults considered: everything that etcd would refuse to start with, or that does not do
 * what it says.
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
