import { ETCD_DEFAULTS } from '../defaults.js';
import type { SettingRule, SettingView } from './setting-rule.js';

const LONGEST_ELECTION = 50_000;

/**
 * Heartbeats and elections (etcd `embed/config.go`, Validate).
 *
 * @internal
 */
export const timingRules: readonly SettingRule[] = [
  ...(['heartbeat-interval', 'election-timeout'] as const).map(
    (name): SettingRule => ({
      id: name === 'heartbeat-interval' ? 'heartbeat-not-zero' : 'election-not-zero',
      level: 'error',
      reads: [name],
      *check(view) {
        if (milliseconds(view, name) !== 0) return;
        yield {
          name,
          message: `${name} is 0.`,
          cure: `Write milliseconds, ${ETCD_DEFAULTS[name]} by default.`,
          says: `--${name} must be >0 (set to 0ms)`,
        };
      },
    }),
  ),
  {
    id: 'election-five-heartbeats',
    level: 'error',
    reads: ['heartbeat-interval', 'election-timeout'],
    *check(view) {
      const heartbeat = milliseconds(view, 'heartbeat-interval');
      const election = milliseconds(view, 'election-timeout');
      if (heartbeat === 0 || election === 0 || election >= 5 * heartbeat) return;
      yield {
        name: view.value('heartbeat-interval') === undefined ? 'election-timeout' : 'heartbeat-interval',
        message: `An election-timeout of ${election} ms is shorter than five heartbeats of ${heartbeat} ms.`,
        cure: `Set election-timeout to ${5 * heartbeat} or more (ten times the heartbeat is usual), or lower heartbeat-interval.`,
        says: `--election-timeout[${election}ms] should be at least as 5 times as --heartbeat-interval[${heartbeat}ms]`,
      };
    },
  },
  {
    id: 'election-too-long',
    level: 'error',
    reads: ['election-timeout', 'heartbeat-interval'],
    *check(view) {
      const election = milliseconds(view, 'election-timeout');
      if (election <= LONGEST_ELECTION || election < 5 * milliseconds(view, 'heartbeat-interval')) return;
      yield {
        name: 'election-timeout',
        message: `election-timeout is ${election} ms.`,
        cure: `Write milliseconds, up to ${LONGEST_ELECTION}.`,
        says: `--election-timeout[${election}ms] is too long, and should be set less than ${LONGEST_ELECTION}ms`,
      };
    },
  },
];

/** Go's integers may be grouped, octal and hexadecimal. */
function milliseconds({ value }: SettingView, name: 'heartbeat-interval' | 'election-timeout'): number {
  const digits = (value(name) ?? ETCD_DEFAULTS[name]).replaceAll('_', '').replace(/^\+/, '');
  return Number(digits.replace(/^0(?=[0-7]+$)/, '0o'));
}
