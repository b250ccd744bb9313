import type { EtcdVersion } from '../../../src/cluster-spec.js';
import type { EtcdRelease } from '../../../src/etcd-releases.js';

/** Those that test/programs installs. */
export const ETCD_VERSIONS: Readonly<Record<EtcdRelease, EtcdVersion>> = {
  '3.4': { release: '3.4', patch: 23 },
  '3.5': { release: '3.5', patch: 35 },
  '3.6': { release: '3.6', patch: 16 },
  '3.7': { release: '3.7', patch: 3 },
};
