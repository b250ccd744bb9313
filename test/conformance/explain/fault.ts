import type { EtcdRelease } from '../../../src/etcd-releases.js';
import type { Stage } from './stage.js';

/** Something that goes wrong with real programs, and the entry of the catalogue that explains it. */
export interface Fault {
  readonly name: string;
  readonly id: string;
  readonly releases: readonly EtcdRelease[];
  /** Everything that the programs said. */
  readonly run: (stage: Stage) => Promise<string>;
}
