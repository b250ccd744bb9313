import type { ClusterSpec } from '../../cluster-spec.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function renewPairs({ certificates }: ClusterSpec): NightChapter | undefined {
  if (certificates.tls === 'none') return undefined;
  return {
    title: 'Renew certificates',
    parts: [
      '`etcd-bundle expiry <this folder>` says what ends when. `etcd-bundle renew <this folder>` makes new pairs, and a runbook that brings them to running members without a restart.',
      'All of them have ended, and the cluster is down: `renew` as well. Its runbook then restarts the members together.',
    ],
  };
}
