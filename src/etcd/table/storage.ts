import type { SettingDefinition, SettingKind } from '../setting-definition.js';
import { ALL, COUNT, DURATION, FROM_3_5, FROM_3_6, PATH, promoted, TEXT, UNSIGNED } from './common.js';

/** etcd takes any other text for `array` without a word. */
const FREELIST: SettingKind = { type: 'enum', values: { array: ALL, map: ALL } };

/**
 * Who the member is, and how it keeps its data.
 *
 * @internal
 */
export const storageSettings: readonly SettingDefinition[] = [
  { name: 'name', known: ALL, kind: TEXT, writtenFrom: 'members[].name' },
  { name: 'data-dir', known: ALL, kind: PATH, writtenFrom: 'etcd.dataDir' },
  { name: 'wal-dir', known: ALL, kind: PATH, writtenFrom: 'etcd.walDir' },
  { name: 'config-file', known: ALL, kind: PATH, yaml: [], writtenFrom: 'etcd.config' },
  { name: 'version', known: ALL, kind: { type: 'boolean' }, yaml: [], writtenFrom: 'etcd.version' },
  { name: 'snapshot-count', known: ALL, kind: UNSIGNED },
  ...promoted('snapshot-catchup-entries', UNSIGNED, ['3.5.14', '3.6']).map((definition) =>
    // The configuration file spells it with one hyphen more (etcd `embed/config.go`, SnapshotCatchUpEntries).
    definition.renamedTo === undefined
      ? definition
      : {
          ...definition,
          yaml: [{ known: definition.known, key: 'experimental-snapshot-catch-up-entries' }],
        },
  ),
  { name: 'max-snapshots', known: ALL, kind: UNSIGNED, deprecated: FROM_3_6 },
  { name: 'max-wals', known: ALL, kind: UNSIGNED },
  // 0 is the default of 2 GiB; a negative quota turns the quota off (etcd `server/storage/quota.go`).
  {
    name: 'quota-backend-bytes',
    known: ALL,
    kind: { type: 'bytes', min: -(2n ** 63n), max: 2n ** 63n - 1n },
  },
  ...promoted('backend-bbolt-freelist-type', FREELIST, ['3.4'], FROM_3_5),
  { name: 'backend-batch-interval', known: ALL, kind: DURATION },
  { name: 'backend-batch-limit', known: ALL, kind: COUNT },
  // With 0 every transaction is refused.
  { name: 'max-txn-ops', known: ALL, kind: { type: 'integer', min: 1n, max: 2n ** 64n - 1n } },
  // A gRPC message counts its bytes in 32 bits; from 3.6 on etcd cannot even publish itself with 0, or where its sum overflows.
  { name: 'max-request-bytes', known: ALL, kind: { type: 'bytes', min: 1n, max: 2n ** 32n - 1n } },
  ...promoted('bootstrap-defrag-threshold-megabytes', UNSIGNED, ['3.5', '3.6']),
  ...promoted('memory-mlock', { type: 'boolean' }, ['3.5', '3.6']),
  { name: 'unsafe-no-fsync', known: ['3.4.10', '3.5', '3.6', '3.7'], kind: { type: 'boolean' } },
];
