import { dataRemovedRules } from '../../systemd/service-rules/data-removed.js';
import type { Rule } from '../rule.js';
import { serviceFaults } from './service-faults.js';

/** @internal */
export const dataKept: Rule = {
  name: 'data-kept',
  summary: 'No command of the unit removes what etcd has written.',
  levels: ['error', 'warning'],
  source: 'systemd.service(5), ExecStartPre=, ExecStop=; rm(1); find(1); etcd server/storage/datadir',
  *check({ members }) {
    for (const member of members) yield* serviceFaults(member, dataRemovedRules);
  },
};
