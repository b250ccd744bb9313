import { describeDropped } from '../../systemd/values/value-table.js';
import type { Rule } from '../rule.js';

/** @internal */
export const directiveValues: Rule = {
  name: 'directive-values',
  summary: 'systemd takes every value of the unit.',
  levels: ['error', 'warning'],
  source:
    'systemd.syntax(7); systemd.time(7); systemd.exec(5); systemd.service(5); systemd.resource-control(5)',
  *check({ members }) {
    for (const { service, label } of members) {
      if (service.type === 'layout') continue;
      for (const value of service.droppedValues ?? [])
        yield {
          level: value.isFatal ? 'error' : 'warning',
          member: label,
          path: value.path,
          ...describeDropped(value),
          ...(value.says === undefined ? {} : { etcdSays: value.says }),
        };
    }
  },
};
