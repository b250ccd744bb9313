import type { ClusterSpec } from '../cluster-spec.js';

interface OwnFolders {
  readonly dataDir?: string | undefined;
  readonly walDir?: string | undefined;
}

/**
 * The cluster as one member runs it: with the folders of its own, where it has any, in the place of the cluster's.
 *
 * @internal
 */
export function withOwnFolders(spec: ClusterSpec, { dataDir, walDir }: OwnFolders): ClusterSpec {
  if (dataDir === undefined && walDir === undefined) return spec;
  return {
    ...spec,
    etcd: {
      ...spec.etcd,
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(walDir === undefined ? {} : { walDir }),
    },
  };
}
