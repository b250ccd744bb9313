import { chainsFaults } from './faults/chains.js';
import { filesFaults } from './faults/files.js';
import type { FaultCase } from './faults/making.js';
import { peersFaults } from './faults/peers.js';
import { settingsFaults } from './faults/settings.js';
import { tokenFaults } from './faults/tokens.js';

/** Every row of the table. */
export const faultCases: readonly FaultCase[] = [
  ...settingsFaults,
  ...filesFaults,
  ...chainsFaults,
  ...peersFaults,
  ...tokenFaults,
];
