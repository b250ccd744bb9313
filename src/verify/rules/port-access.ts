import { portRules } from '../../systemd/service-rules/ports.js';
import type { Rule } from '../rule.js';
import { serviceFaults } from './service-faults.js';

/** @internal */
export const portAccess: Rule = {
  name: 'port-access',
  summary: 'The account that etcd runs as may listen on its ports.',
  levels: ['error'],
  source: 'capabilities(7), CAP_NET_BIND_SERVICE; user_namespaces(7); ip(7), ip_unprivileged_port_start',
  *check({ members }) {
    for (const member of members) {
      const { service } = member;
      if (service.type === 'unit' && !service.user?.includes('%')) yield* serviceFaults(member, portRules);
    }
  },
};
