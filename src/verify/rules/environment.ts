import { nearestName } from '../../etcd/setting/nearest-name.js';
import { SETTINGS } from '../../etcd/setting/table.js';
import { variableOf } from '../../host/settings/environment.js';
import type { Rule } from '../rule.js';

/** @internal */
export const environmentConflict: Rule = {
  name: 'environment-conflict',
  summary: 'No setting is given both as a flag and as a variable.',
  levels: ['error'],
  source: 'etcd pkg/flags/flag.go, verifyEnv; etcd-io/etcd#8380, #11111, #14640',
  *check({ members }) {
    for (const { label, settings } of members) {
      for (const { kind, name, path, says } of settings.faults) {
        if (kind !== 'conflict') continue;
        yield {
          level: 'error',
          member: label,
          path,
          message: `${name} is given twice, as --${name} and as ${variableOf(name)}, and etcd refuses to start.`,
          cure: 'Keep one of the two; an empty variable counts too.',
          etcdSays: says,
        };
      }
    }
  },
};

/** @internal */
export const environmentNames: Rule = {
  name: 'environment-names',
  summary: 'Every variable is one that etcd knows.',
  levels: ['warning'],
  source: 'etcd pkg/flags/flag.go, verifyEnv',
  *check({ members }) {
    for (const { label, settings } of members) {
      for (const { kind, name, path, says } of settings.faults) {
        if (kind !== 'unknown-variable') continue;
        const near = nearestName(
          name,
          SETTINGS.map((setting) => setting.name),
        );
        yield {
          level: 'warning',
          member: label,
          path,
          message: `etcd has no setting for ${name}: it warns, logs the value and goes on without it.`,
          cure: near === undefined ? 'Leave it out.' : `Did you mean ${variableOf(near)}?`,
          etcdSays: says,
        };
      }
    }
  },
};
