import type { Rule } from '../rule.js';

/** @internal */
export const settingValues: Rule = {
  name: 'setting-values',
  summary: 'etcd can parse every value.',
  levels: ['error'],
  source: 'etcd embed/config.go, Validate; client/pkg/types/urls.go; Go strconv, time.ParseDuration',
  *check({ members }) {
    for (const { label, settings } of members) {
      for (const { kind, name, value, path, says } of settings.faults) {
        if (kind !== 'bad-value') continue;
        yield {
          level: 'error',
          member: label,
          path,
          message: `etcd does not start with ${name} ${JSON.stringify(value)}.`,
          cure: /^(["']).*\1$/.test(value)
            ? QUOTED
            : (cures[name] ?? 'Write a value that the flag accepts; `etcd --help` shows an example of each.'),
          etcdSays: says,
        };
      }
    }
  },
};

const QUOTED = 'Leave the quotes out: neither an --env-file of docker and podman nor etcd takes them off.';
const URL_CURE = 'Write scheme://host:port and nothing after it, not even "/", separated by commas.';

const cures: Readonly<Record<string, string>> = {
  'listen-peer-urls': URL_CURE,
  'listen-client-urls': URL_CURE,
  'listen-client-http-urls': URL_CURE,
  'listen-metrics-urls': URL_CURE,
  'initial-advertise-peer-urls': URL_CURE,
  'advertise-client-urls': URL_CURE,
  'initial-cluster-state': 'Write new or existing.',
  'auto-compaction-retention':
    'Write hours or revisions as a number, or a Go duration such as 30m; there is no unit for days.',
  'log-level': 'Write debug, info, warn, error, panic or fatal.',
};
