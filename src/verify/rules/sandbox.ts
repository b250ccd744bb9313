import { pathRules } from '../../systemd/service-rules/paths.js';
import type { Rule } from '../rule.js';
import { serviceFaults } from './service-faults.js';

/** @internal */
export const sandbox: Rule = {
  name: 'sandbox',
  summary: "The unit's mounts let etcd write its data and read its certificates.",
  levels: ['error', 'warning'],
  source: 'systemd.exec(5), ProtectSystem=, ProtectHome=, ReadWritePaths=; open(2), EROFS',
  *check({ members }) {
    for (const member of members) yield* serviceFaults(member, pathRules);
  },
};
