import { bindAddress, portClash as clash, mixedSchemes as mixed } from '../../etcd/combinations/listeners.js';
import type { SettingRule } from '../../etcd/combinations/setting-rule.js';
import type { Rule } from '../rule.js';
import { settingFaults } from './setting-combinations.js';
import { portsOfServices } from './shared-host.js';

/** @internal */
export const listenUrls: Rule = listenerRule(
  {
    name: 'listen-urls',
    summary: 'Listeners are at IP addresses or `localhost`.',
    levels: ['error'],
    source: 'etcd embed/config.go, checkBindURLs; etcd-io/etcd#9575',
  },
  bindAddress,
);

/** @internal */
export const portClash: Rule = {
  name: 'port-clash',
  summary: 'No two listeners of a host share a port of one address, be they of one service or of two.',
  levels: ['error'],
  source: 'etcd embed/etcd.go, configureClientListeners; bind(2), EADDRINUSE',
  *check(view) {
    for (const member of view.members) if (member.urlsKnown) yield* settingFaults(member, [clash]);
    yield* portsOfServices(view);
  },
};

/** @internal */
export const mixedSchemes: Rule = listenerRule(
  {
    name: 'mixed-schemes',
    summary: 'No port serves both http and https.',
    levels: ['warning'],
    source: 'etcd embed/serve.go, serve',
  },
  mixed,
);

function listenerRule(about: Omit<Rule, 'check'>, rule: SettingRule): Rule {
  return {
    ...about,
    *check({ members }) {
      for (const member of members) if (member.urlsKnown) yield* settingFaults(member, [rule]);
    },
  };
}
