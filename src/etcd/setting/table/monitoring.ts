import { FEATURE_GATES } from '../../feature-gates.js';
import type { ReleaseSpan } from '../../release-span.js';
import type { SettingDefinition, SettingKind } from '../definition.js';
import { ALL, BOOLEAN, COUNT, DURATION, promoted, TEXT } from './common.js';

const TRACING: ReleaseSpan = { since: '3.5', until: '3.6' };

/** Samples in a million spans (etcd `embed/config_tracing.go`). */
const SAMPLING_RATE: SettingKind = { type: 'integer', min: 0n, max: 1_000_000n };

/** The boolean flags that became feature gates in 3.6, with the releases that had them. */
const GATE_FLAGS: Readonly<Record<string, ReleaseSpan>> = {
  'experimental-initial-corrupt-check': { until: '3.6' },
  'experimental-compact-hash-check-enabled': { since: { '3.5': 5 }, until: '3.6' },
  'experimental-enable-lease-checkpoint': { until: '3.6' },
  'experimental-enable-lease-checkpoint-persist': { since: { '3.4': 20, '3.5': 2 }, until: '3.6' },
  'experimental-stop-grpc-service-on-defrag': { since: { '3.5': 14 }, until: '3.6' },
  'experimental-txn-mode-write-with-shared-buffer': { since: '3.5', until: '3.6' },
};

/**
 * Compaction, corruption checks, metrics, tracing and what else is measured, and the feature gates.
 *
 * @internal
 */
export const monitoringSettings: readonly SettingDefinition[] = [
  {
    name: 'auto-compaction-mode',

    kind: { type: 'enum', values: { periodic: ALL, revision: ALL } },
  },
  { name: 'auto-compaction-retention', kind: { type: 'retention' } },
  ...promoted('compaction-batch-limit', COUNT, { until: '3.6' }),
  ...promoted('compaction-sleep-interval', DURATION, { since: { '3.5': 16 }, until: '3.6' }),
  ...promoted('corrupt-check-time', DURATION, { until: '3.6' }),
  // "--compact-hash-check-time must be >0" (etcd `embed/config.go`).
  ...promoted(
    'compact-hash-check-time',
    { type: 'duration', min: '1ns' },
    { since: { '3.5': 5 }, until: '3.6' },
  ),
  ...promoted('watch-progress-notify-interval', DURATION, { since: { '3.4': 11 }, until: '3.6' }),
  ...promoted('warning-apply-duration', DURATION, { since: { '3.4': 16 }, until: '3.6' }),
  ...promoted('warning-unary-request-duration', DURATION, { since: '3.6', until: '3.6' }),
  ...FEATURE_GATES.flatMap(({ flag }): SettingDefinition[] =>
    flag === undefined ? [] : [{ name: flag, ...GATE_FLAGS[flag], kind: BOOLEAN }],
  ),
  { name: 'feature-gates', since: '3.6', kind: { type: 'text', form: 'feature-gates' } },
  { name: 'metrics', kind: { type: 'enum', values: { basic: ALL, extensive: ALL } } },
  { name: 'enable-pprof', kind: BOOLEAN },
  ...promoted('enable-distributed-tracing', BOOLEAN, TRACING),
  ...promoted('distributed-tracing-address', TEXT, TRACING),
  ...promoted('distributed-tracing-service-name', TEXT, TRACING),
  ...promoted('distributed-tracing-instance-id', TEXT, TRACING),
  ...promoted('distributed-tracing-sampling-rate', SAMPLING_RATE, { since: { '3.5': 11 }, until: '3.6' }),
];
