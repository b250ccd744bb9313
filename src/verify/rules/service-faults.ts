import type { MemberView } from '../../host/member-view.js';
import { serviceViewOf } from '../../host/service-view.js';
import type { ServiceRule, ServiceView } from '../../systemd/service-rules/service-rule.js';
import { checkServiceRules } from '../../systemd/service-rules/service-rules.js';
import type { Fault } from '../finding.js';

/** Several rules look at each service. */
const views = new WeakMap<MemberView, ServiceView>();

/**
 * What rules about services say of one member.
 *
 * @internal
 */
export function* serviceFaults(member: MemberView, rules: readonly ServiceRule[]): Generator<Fault> {
  const { service, label } = member;
  if (service.type !== 'unit') return;
  const view = views.get(member) ?? serviceViewOf(member, service);
  views.set(member, view);
  for (const { rule, problem } of checkServiceRules(rules, view)) {
    const { directives, message, cure, says } = problem;
    yield {
      level: rule.level,
      member: label,
      path: service.originOf(directives[0]),
      message,
      cure,
      ...(says === undefined ? {} : { etcdSays: says }),
    };
  }
}
