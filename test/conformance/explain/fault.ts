import type { Release, Stage } from './stage.js';

/** Something that goes wrong with real programs, and the entry of the catalogue that explains it. */
export interface Fault {
  readonly name: string;
  readonly id: string;
  readonly releases: readonly Release[];
  /** Everything that the programs said. */
  readonly run: (stage: Stage) => Promise<string>;
}
