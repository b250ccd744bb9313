import type { EtcdVersion } from '../../../src/cluster-spec.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import type { EtcdRelease } from '../../../src/etcd-releases.js';
import { readProgramTable } from '../../programs/programs.js';

/** The version of a release that test/programs installs. */
export function installedVersion(release: EtcdRelease): EtcdVersion {
  const row = readProgramTable().find(({ name }) => name === `etcd-${release}`);
  return parseEtcdVersion(row?.version ?? '') ?? { release };
}
