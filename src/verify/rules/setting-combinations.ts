import { checkRules } from '../../etcd/combinations/check-settings.js';
import { COMBINATION_RULES } from '../../etcd/combinations/combinations.js';
import { type SettingRule, type SettingView, settingView } from '../../etcd/combinations/setting-rule.js';
import type { MemberView } from '../../host/member-view.js';
import { isUrlList } from '../../host/settings/go-value.js';
import { configOf, pathOf } from '../../host/settings/settings.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const settingCombinations: Rule = {
  name: 'setting-combinations',
  summary: 'Settings do not exclude or undo one another.',
  levels: ['error', 'warning'],
  source: 'etcd embed/config.go, Validate; client/pkg/transport/listener.go, baseConfig',
  *check({ members }) {
    for (const member of members) yield* settingFaults(member, COMBINATION_RULES);
  },
};

/** Several rules look at each member's settings. */
const views = new WeakMap<MemberView, SettingView>();

/**
 * What rules of etcd's settings say of one member.
 *
 * @internal
 */
export function* settingFaults(member: MemberView, rules: readonly SettingRule[]): Generator<Fault> {
  const { label, settings } = member;
  const view =
    views.get(member) ?? settingView(settings.version, settings.entries.values(), configOf(settings));
  views.set(member, view);
  // Of a list of URLs etcd's reader has those before the fault.
  const unknown = settings.faults.filter(({ kind, name }) => kind === 'bad-value' && !isUrlList(name));
  for (const { rule, problem } of checkRules(rules, view, new Set(unknown.map(({ name }) => name)))) {
    const { name, message, cure, says } = problem;
    yield {
      level: rule.level,
      member: label,
      path: pathOf(settings, settings.entries.has(name) ? name : 'feature-gates'),
      message,
      cure,
      ...(says === undefined ? {} : { etcdSays: says }),
    };
  }
}
