import type { ClusterSpec } from '../../cluster-spec.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function rotateAuthority({ certificates }: ClusterSpec): NightChapter | undefined {
  if (certificates.tls === 'none') return undefined;
  return {
    title: 'Replace a CA that ends or whose key is lost or stolen',
    parts: [
      '`etcd-bundle rotate-ca <this folder>`, three times, each time with the steps of its runbook: members and clients trust a new CA, too; all pairs are issued under it; it alone is trusted. The key of the old one is not needed, and `--back` goes back from the first two.',
      'The CA has ended, and the cluster is down: `etcd-bundle rotate-ca <this folder> --at-once`. Its runbook brings another CA and all pairs to the members and restarts them together.',
    ],
  };
}
