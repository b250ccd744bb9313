import type { EtcdVersion } from '../cluster-spec.js';
import { isInSpan, type ReleaseSpan } from './release-span.js';

/**
 * A feature gate of `--feature-gates`, which etcd has from 3.6 on (etcd `server/features/etcd_features.go`).
 *
 * @internal
 */
export interface FeatureGate extends ReleaseSpan {
  readonly name: string;
  /** Alpha gates are off unless set, beta ones on. */
  readonly stage: 'alpha' | 'beta';
  /** The boolean flag that did the same before the gate came. */
  readonly flag?: string;
}

/** @internal */
export const FEATURE_GATES: readonly FeatureGate[] = [
  {
    name: 'InitialCorruptCheck',
    since: '3.6',
    stage: 'alpha',
    flag: 'experimental-initial-corrupt-check',
  },
  {
    name: 'CompactHashCheck',
    since: '3.6',
    stage: 'alpha',
    flag: 'experimental-compact-hash-check-enabled',
  },
  { name: 'LeaseCheckpoint', since: '3.6', stage: 'alpha', flag: 'experimental-enable-lease-checkpoint' },
  {
    name: 'LeaseCheckpointPersist',
    since: '3.6',
    stage: 'alpha',
    flag: 'experimental-enable-lease-checkpoint-persist',
  },
  {
    name: 'StopGRPCServiceOnDefrag',
    since: '3.6',
    stage: 'alpha',
    flag: 'experimental-stop-grpc-service-on-defrag',
  },
  {
    name: 'TxnModeWriteWithSharedBuffer',
    since: '3.6',
    stage: 'beta',
    flag: 'experimental-txn-mode-write-with-shared-buffer',
  },
  { name: 'SetMemberLocalAddr', since: '3.6', stage: 'alpha' },
  { name: 'FastLeaseKeepAlive', since: '3.7', stage: 'beta' },
  { name: 'PriorityRequest', since: '3.7', stage: 'alpha' },
  // etcd `pkg/featuregate/feature_gate.go`: these two set all gates of their stage that are not set by name.
  { name: 'AllAlpha', since: '3.6', stage: 'alpha' },
  { name: 'AllBeta', since: '3.6', stage: 'beta' },
];

/** @internal */
export function findGate(name: string): FeatureGate | undefined {
  return FEATURE_GATES.find((gate) => gate.name === name);
}

/**
 * The gate that has taken the place of a flag in this version.
 *
 * @internal
 */
export function gateOfFlag(flag: string, version: EtcdVersion): FeatureGate | undefined {
  return FEATURE_GATES.find((gate) => gate.flag === flag && isInSpan(version, gate));
}
