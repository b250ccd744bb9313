import type { ClusterSpec, EtcdVersion } from '../cluster-spec.js';
import { clusterReleaseGate, healthGate } from './gate.js';
import type { ReleaseStep } from './release.js';
import type { Step } from './step.js';

const BEFORE: EtcdVersion = { release: '3.5' };
const LAST: EtcdVersion = { release: '3.6' };
/** etcdctl has it from 3.6 on. */
const DOWNGRADE = 'etcdctl downgrade';

/**
 * Whether members have to save their raft log before they run a release. 3.7 reads no request of the v2 API any more (`etcdserver/apply/apply.go`:
 * `unmarshal should never fail`), and 3.5 writes one at each start; the log keeps them until 10,000 entries later it is saved to disk.
 *
 * @internal
 */
export function needsRaftSnapshot({ from, to }: ReleaseStep): boolean {
  return from.release === LAST.release && to.release !== LAST.release;
}

/**
 * A command that fails where etcdctl cannot do it.
 *
 * @internal
 */
export function raftSnapshotGate(): string {
  return `${DOWNGRADE} --help >/dev/null`;
}

/**
 * 3.6 saves its raft log on every member as the version of the cluster goes down (`etcdserver/apply/apply.go`, ForceSnapshot): it is announced and
 * taken back, and no member is started again.
 *
 * @internal
 */
export function raftSnapshotStep(spec: ClusterSpec): Step {
  return {
    title: 'The raft log is saved on every member',
    host: 'operator',
    commands: [
      `${DOWNGRADE} enable ${BEFORE.release}`,
      ...clusterReleaseGate(spec, BEFORE),
      `${DOWNGRADE} cancel`,
      ...clusterReleaseGate(spec, LAST),
    ],
    gate: healthGate(),
    back: [`${DOWNGRADE} cancel`],
  };
}
