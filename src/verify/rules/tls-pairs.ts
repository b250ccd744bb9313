import { tlsPairRules } from '../../etcd/combinations/tls-pairs.js';
import type { Rule } from '../rule.js';
import { settingFaults } from './setting-combinations.js';

/** @internal */
export const tlsPairs: Rule = {
  name: 'tls-pairs',
  summary: 'Every https URL has a certificate and a key.',
  levels: ['error', 'warning'],
  source:
    'etcd client/pkg/transport/listener.go, baseConfig; embed/etcd.go, configureClientListeners; etcd-io/etcd#13117',
  *check({ members }) {
    for (const member of members) if (member.urlsKnown) yield* settingFaults(member, tlsPairRules);
  },
};
