import { describeSpan } from '../../etcd/release-span.js';
import { nearestName } from '../../etcd/setting/nearest-name.js';
import { findSetting, SETTINGS } from '../../etcd/setting/table.js';
import { formatEtcdVersion } from '../../etcd/version.js';
import type { Rule } from '../rule.js';

/** @internal */
export const etcdFlags: Rule = {
  name: 'etcd-flags',
  summary: 'Every flag exists in this release, and no other words stand among them.',
  levels: ['error'],
  source: 'etcd etcdmain/config.go, parse; Go flag, FlagSet.Parse',
  *check({ members, version }) {
    for (const { label, settings } of members) {
      for (const { kind, name, value, path, says } of settings.faults) {
        const fault = { level: 'error', member: label, path, etcdSays: says } as const;
        if (kind === 'unknown-flag') {
          yield {
            ...fault,
            message: `etcd ${formatEtcdVersion(version)} has no flag --${name}, and exits with code 2.`,
            cure: cureOf(name),
          };
        }
        if (kind === 'not-a-flag') {
          yield {
            ...fault,
            message: `${JSON.stringify(value)} is in the place of a flag.`,
            cure: /^[^=]+=\w+:\/\//.test(value)
              ? 'Leave out the space before it: a list is one word.'
              : 'Write values after "=": a boolean flag accepts its value in no other form.',
          };
        }
        if (kind === 'missing-value')
          yield { ...fault, message: `--${name} has no value.`, cure: 'Give it one, or leave it out.' };
      }
    }
  },
};

function cureOf(name: string): string {
  const definition = findSetting(name);
  if (definition?.renamedTo !== undefined) return `Write --${definition.renamedTo}.`;
  if (definition !== undefined) return `Leave it out: it is a flag of ${describeSpan(definition)}.`;
  const near = nearestName(
    name,
    SETTINGS.map((setting) => setting.name),
  );
  return near === undefined ? 'Leave it out.' : `Did you mean --${near}?`;
}
