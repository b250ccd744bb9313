import { parseNanoseconds } from '../../text/go-duration.js';
import { quoteValue } from '../../text/quote-value.js';
import { ETCD_DEFAULTS } from '../defaults.js';
import type { SettingRule } from './setting-rule.js';

const RETENTION = ETCD_DEFAULTS['auto-compaction-retention'];
/** The longest Go duration in whole hours. */
const MOST_HOURS = 2_562_047n;

/**
 * What auto-compaction-retention counts (etcd `embed/config.go`, parseCompactionRetention).
 *
 * @internal
 */
export const compactionRules: readonly SettingRule[] = [
  {
    id: 'retention-of-revisions',
    level: 'warning',
    reads: ['auto-compaction-retention', 'auto-compaction-mode'],
    *check({ value }) {
      const retention = value('auto-compaction-retention');
      if (value('auto-compaction-mode') !== 'revision' || retention === undefined || isCount(retention))
        return;
      yield {
        name: 'auto-compaction-retention',
        message: `Mode revision counts revisions, and would read ${quoteValue(retention)} as a number of nanoseconds.`,
        cure: 'Write a number of revisions, such as 1000, or set auto-compaction-mode to periodic.',
      };
    },
  },
  {
    // Compaction starts at a tenth of the retention, which etcd divides by.
    id: 'retention-too-short',
    level: 'error',
    reads: ['auto-compaction-retention', 'auto-compaction-mode'],
    *check({ value }) {
      const retention = value('auto-compaction-retention') ?? RETENTION;
      const nanoseconds = isCount(retention) ? 0n : (parseNanoseconds(retention) ?? 0n);
      if (value('auto-compaction-mode') === 'revision' || nanoseconds <= 0n || nanoseconds >= 10n) return;
      yield {
        name: 'auto-compaction-retention',
        message: `${quoteValue(retention)} is too short a time to keep revisions.`,
        cure: 'Write a Go duration of at least 1s, such as 30m.',
        // The frame below "panic: runtime error: integer divide by zero", which alone may be any division's.
        says: 'v3compactor.(*Periodic).getRetentions',
      };
    },
  },
  {
    // Some releases compact without a pause, others panic.
    id: 'retention-of-hours',
    level: 'warning',
    reads: ['auto-compaction-retention', 'auto-compaction-mode'],
    *check({ value }) {
      const retention = value('auto-compaction-retention') ?? RETENTION;
      if (value('auto-compaction-mode') === 'revision' || !isCount(retention)) return;
      if (BigInt(retention) <= MOST_HOURS) return;
      yield {
        name: 'auto-compaction-retention',
        message: `Mode periodic counts hours, and ${quoteValue(retention)} hours overflow etcd's durations.`,
        cure: 'Write fewer hours, or set auto-compaction-mode to revision.',
      };
    },
  },
];

function isCount(retention: string): boolean {
  return /^\d+$/.test(retention);
}
