import type { EtcdVersion } from '../cluster-spec.js';
import { isInSpan, type ReleaseSpan } from './release-span.js';

/**
 * Where a snapshot lies, on a host and on the operator's machine.
 *
 * @internal
 */
export const SNAPSHOT_PATH = '/var/tmp/snapshot.db';

/** etcd `etcdutl/main.go`; etcdctl did its work before, and refuses it from 3.6 on. */
const ETCDUTL: ReleaseSpan = { since: '3.5' };

/**
 * The program that reads and restores snapshot files.
 *
 * @internal
 */
export function snapshotProgram(version: EtcdVersion): 'etcdctl' | 'etcdutl' {
  return isInSpan(version, ETCDUTL) ? 'etcdutl' : 'etcdctl';
}
