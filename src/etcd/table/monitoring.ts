import { FEATURE_GATES } from '../feature-gates.js';
import type { SettingDefinition, SettingKind } from '../setting-definition.js';
import type { Since } from '../version.js';
import { ALL, BOOLEAN, COUNT, DURATION, FROM_3_6, promoted, TEXT } from './common.js';

const TRACING_KNOWN: readonly Since[] = ['3.5', '3.6'];

/** Samples in a million spans (etcd `embed/config_tracing.go`). */
const SAMPLING_RATE: SettingKind = { type: 'integer', min: 0n, max: 1_000_000n };

/** The boolean flags that became feature gates in 3.6, with the releases that had them. */
const GATE_FLAG_KNOWN: Readonly<Record<string, readonly Since[]>> = {
  'experimental-initial-corrupt-check': ['3.4', '3.5', '3.6'],
  'experimental-compact-hash-check-enabled': ['3.5.5', '3.6'],
  'experimental-enable-lease-checkpoint': ['3.4', '3.5', '3.6'],
  'experimental-enable-lease-checkpoint-persist': ['3.4.20', '3.5.2', '3.6'],
  'experimental-stop-grpc-service-on-defrag': ['3.5.14', '3.6'],
  'experimental-txn-mode-write-with-shared-buffer': ['3.5', '3.6'],
};

/**
 * Compaction, corruption checks, metrics, tracing and what else is measured, and the feature gates.
 *
 * @internal
 */
export const monitoringSettings: readonly SettingDefinition[] = [
  {
    name: 'auto-compaction-mode',
    known: ALL,
    kind: { type: 'enum', values: { periodic: ALL, revision: ALL } },
  },
  { name: 'auto-compaction-retention', known: ALL, kind: { type: 'retention' } },
  ...promoted('compaction-batch-limit', COUNT, ['3.4', '3.5', '3.6']),
  ...promoted('compaction-sleep-interval', DURATION, ['3.5.16', '3.6']),
  ...promoted('corrupt-check-time', DURATION, ['3.4', '3.5', '3.6']),
  // "--compact-hash-check-time must be >0" (etcd `embed/config.go`).
  ...promoted('compact-hash-check-time', { type: 'duration', min: '1ns' }, ['3.5.5', '3.6']),
  ...promoted('watch-progress-notify-interval', DURATION, ['3.4.11', '3.5', '3.6']),
  ...promoted('warning-apply-duration', DURATION, ['3.4.16', '3.5', '3.6']),
  ...promoted('warning-unary-request-duration', DURATION, ['3.6']),
  ...FEATURE_GATES.flatMap(({ flag }): SettingDefinition[] =>
    flag === undefined ? [] : [{ name: flag, known: GATE_FLAG_KNOWN[flag] ?? [], kind: BOOLEAN }],
  ),
  { name: 'feature-gates', known: FROM_3_6, kind: { type: 'text', form: 'feature-gates' } },
  { name: 'metrics', known: ALL, kind: { type: 'enum', values: { basic: ALL, extensive: ALL } } },
  { name: 'enable-pprof', known: ALL, kind: BOOLEAN },
  ...promoted('enable-distributed-tracing', BOOLEAN, TRACING_KNOWN),
  ...promoted('distributed-tracing-address', TEXT, TRACING_KNOWN),
  ...promoted('distributed-tracing-service-name', TEXT, TRACING_KNOWN),
  ...promoted('distributed-tracing-instance-id', TEXT, TRACING_KNOWN),
  ...promoted('distributed-tracing-sampling-rate', SAMPLING_RATE, ['3.5.11', '3.6']),
];
