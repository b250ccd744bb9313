import type { ClusterSpec } from '../../cluster-spec.js';
import { SNAPSHOT_PATH } from '../../etcd/snapshot.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function restoreCluster({ members }: ClusterSpec): NightChapter {
  const majority = Math.floor(members.length / 2) + 1;
  return {
    title: 'Restore the cluster from a snapshot',
    parts: [
      `Only where ${members.length === 1 ? 'the data is lost' : `fewer than ${majority} of the ${members.length} members will ever come back`}: everything that was written after the snapshot is gone.`,
      `\`etcd-bundle restore <this folder>\` writes a runbook that makes a new cluster from \`${SNAPSHOT_PATH}\` on the same hosts, and sets the former data aside.`,
    ],
  };
}
