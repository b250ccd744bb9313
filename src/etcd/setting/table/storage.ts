import type { SettingDefinition, SettingKind } from '../definition.js';
import { ALL, COUNT, DURATION, PATH, promoted, TEXT, UNSIGNED } from './common.js';

/** etcd takes any other text for `array` without complaint. */
const FREELIST: SettingKind = { type: 'enum', values: { array: ALL, map: ALL } };

/**
 * Who the member is, and how it keeps its data.
 *
 * @internal
 */
export const storageSettings: readonly SettingDefinition[] = [
  { name: 'name', kind: TEXT, writtenFrom: 'members[].name' },
  { name: 'data-dir', kind: PATH, writtenFrom: 'etcd.dataDir' },
  { name: 'wal-dir', kind: PATH, writtenFrom: 'etcd.walDir' },
  { name: 'config-file', kind: PATH, yaml: [], writtenFrom: 'etcd.config' },
  { name: 'version', kind: { type: 'boolean' }, yaml: [], writtenFrom: 'etcd.version' },
  { name: 'snapshot-count', kind: UNSIGNED },
  ...promoted('snapshot-catchup-entries', UNSIGNED, { since: { '3.5': 14 }, until: '3.6' }).map(
    (definition) =>
      // The configuration file spells it with one hyphen more (etcd `embed/config.go`, SnapshotCatchUpEntries).
      definition.renamedTo === undefined
        ? definition
        : {
            ...definition,
            yaml: [{ key: 'experimental-snapshot-catch-up-entries' }],
          },
  ),
  { name: 'max-snapshots', kind: UNSIGNED, deprecated: { since: '3.6' } },
  { name: 'max-wals', kind: UNSIGNED },
  // 0 is the default of 2 GiB; a negative quota turns the quota off (etcd `server/storage/quota.go`).
  {
    name: 'quota-backend-bytes',

    kind: { type: 'bytes', min: -(2n ** 63n), max: 2n ** 63n - 1n },
  },
  ...promoted('backend-bbolt-freelist-type', FREELIST, { until: '3.4' }, { since: '3.5' }),
  { name: 'backend-batch-interval', kind: DURATION },
  { name: 'backend-batch-limit', kind: COUNT },
  // With 0 every transaction is refused.
  { name: 'max-txn-ops', kind: { type: 'integer', min: 1n, max: 2n ** 64n - 1n } },
  // A gRPC message counts its bytes in 32 bits; from 3.6 on etcd cannot even publish itself with 0, or where its sum overflows.
  { name: 'max-request-bytes', kind: { type: 'bytes', min: 1n, max: 2n ** 32n - 1n } },
  ...promoted('bootstrap-defrag-threshold-megabytes', UNSIGNED, { since: '3.5', until: '3.6' }),
  ...promoted('memory-mlock', { type: 'boolean' }, { since: '3.5', until: '3.6' }),
  { name: 'unsafe-no-fsync', since: { '3.4': 10 }, kind: { type: 'boolean' } },
];
