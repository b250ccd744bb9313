import type { ConfigStyle, EtcdSetting, EtcdVersion } from '../../cluster-spec.js';
import type { Issue } from '../../errors.js';
import type { IssueCode } from '../../issue-codes.js';
import { releaseDefaults } from '../release-defaults.js';
import { findSetting } from '../setting/table.js';
import { SETTING_RULES } from './combinations.js';
import { type SettingProblem, type SettingRule, type SettingView, settingView } from './setting-rule.js';

/**
 * Runs rules, but for those that read what could not be read: no rule may take that for unset.
 *
 * @internal
 */
export function* checkRules(
  rules: readonly SettingRule[],
  view: SettingView,
  unknown: ReadonlySet<string>,
): Generator<{ readonly rule: SettingRule; readonly problem: SettingProblem }> {
  for (const rule of rules) {
    if (rule.reads.some((name) => unknown.has(name))) continue;
    for (const problem of rule.check(view)) yield { rule, problem };
  }
}

/**
 * The rules that need to know the whole member: they read settings that other parts of the document decide.
 *
 * @internal
 */
export const MEMBER_RULES: readonly SettingRule[] = SETTING_RULES.filter(isOfMember);

const OWN_RULES: readonly SettingRule[] = SETTING_RULES.filter((rule) => !isOfMember(rule));

/**
 * Holds a document's own settings against each other.
 *
 * @param where - `pathOf` a setting or gate in the document; `unknown` are settings whose values could not be read
 * @internal
 */
export function checkSettingCombination(
  settings: readonly EtcdSetting[],
  version: EtcdVersion,
  config: ConfigStyle,
  where: { readonly pathOf: (name: string) => string; readonly unknown?: readonly string[] },
): readonly Issue[] {
  const view = settingView(version, [...releaseDefaults({ version, config }), ...settings], config);
  return [...checkRules(OWN_RULES, view, new Set(where.unknown))].map(({ rule, problem }) =>
    settingIssue(rule.id, problem, where.pathOf(problem.name)),
  );
}

/**
 * A problem as the document tells it.
 *
 * @param code - the rule's id
 * @internal
 */
export function settingIssue(code: IssueCode, { message, cure, says }: SettingProblem, path: string): Issue {
  const told = says === undefined ? message : `${message.replace(/\.$/, '')}; etcd says "${says}".`;
  return { code, path, message: told, cure };
}

function isOfMember({ reads }: SettingRule): boolean {
  return reads.some((name) => findSetting(name)?.writtenFrom !== undefined);
}
