import type { EtcdVersion } from '../cluster-spec.js';
import { hasSince, type Since } from './version.js';

/**
 * A feature gate of `--feature-gates`, which etcd has from 3.6 on (etcd `server/features/etcd_features.go`).
 *
 * @internal
 */
export interface FeatureGate {
  readonly name: string;
  readonly known: readonly Since[];
  /** Alpha gates are off unless set, beta ones on. */
  readonly stage: 'alpha' | 'beta';
  /** The boolean flag that did the same before the gate came. */
  readonly flag?: string;
}

const FROM_3_6: readonly Since[] = ['3.6', '3.7'];

/** @internal */
export const FEATURE_GATES: readonly FeatureGate[] = [
  {
    name: 'InitialCorruptCheck',
    known: FROM_3_6,
    stage: 'alpha',
    flag: 'experimental-initial-corrupt-check',
  },
  {
    name: 'CompactHashCheck',
    known: FROM_3_6,
    stage: 'alpha',
    flag: 'experimental-compact-hash-check-enabled',
  },
  { name: 'LeaseCheckpoint', known: FROM_3_6, stage: 'alpha', flag: 'experimental-enable-lease-checkpoint' },
  {
    name: 'LeaseCheckpointPersist',
    known: FROM_3_6,
    stage: 'alpha',
    flag: 'experimental-enable-lease-checkpoint-persist',
  },
  {
    name: 'StopGRPCServiceOnDefrag',
    known: FROM_3_6,
    stage: 'alpha',
    flag: 'experimental-stop-grpc-service-on-defrag',
  },
  {
    name: 'TxnModeWriteWithSharedBuffer',
    known: FROM_3_6,
    stage: 'beta',
    flag: 'experimental-txn-mode-write-with-shared-buffer',
  },
  { name: 'SetMemberLocalAddr', known: FROM_3_6, stage: 'alpha' },
  { name: 'FastLeaseKeepAlive', known: ['3.7'], stage: 'beta' },
  { name: 'PriorityRequest', known: ['3.7'], stage: 'alpha' },
  // etcd `pkg/featuregate/feature_gate.go`: these two set all gates of their stage that are not set by name.
  { name: 'AllAlpha', known: FROM_3_6, stage: 'alpha' },
  { name: 'AllBeta', known: FROM_3_6, stage: 'beta' },
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
  return FEATURE_GATES.find((gate) => gate.flag === flag && hasSince(version, gate.known));
}
