import { isolationRules, startRules } from '../../systemd/service-rules/isolation.js';
import type { Rule } from '../rule.js';
import { serviceFaults } from './service-faults.js';

/** @internal */
export const unitIsolation: Rule = {
  name: 'unit-isolation',
  summary:
    'The unit leaves etcd its network, address space, files and time, and systemd counts it as started.',
  levels: ['error', 'warning'],
  source:
    'systemd.service(5), Type=, WatchdogSec=; systemd.exec(5), PrivateNetwork=, RestrictAddressFamilies=, LimitAS=, UMask=',
  *check({ members }) {
    for (const member of members) yield* serviceFaults(member, [...startRules, ...isolationRules]);
  },
};
