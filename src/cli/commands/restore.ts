import type { BundleState } from '../../bundle/state.js';
import type { Update } from '../../plan/update.js';
import type { UnixTime } from '../../x509/time.js';
import type { Command } from '../command.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';
import { bundleOperand, runGeneration } from '../run-generation.js';

/** @internal */
export const restore: Command = {
  name: 'restore',
  summary:
    'Writes the next generation of a bundle, with which a new cluster is made from a snapshot on the hosts of a lost one.',
  usage: `<bundle> ${GENERATION_USAGE}`,
  operands: 'folders',
  options: generationOptions,
  examples: [
    {
      line: 'etcd-bundle restore bundle',
      what: 'A new cluster from a snapshot; bundle/RUNBOOK.md has the commands',
    },
  ],
  run: async (input, io) => {
    const bundle = bundleOperand(input.positionals, 'Only one cluster is restored at a time');
    const plan = async (state: BundleState, now: UnixTime): Promise<Update> => {
      const { drawToken } = await import('../../pki/random.js');
      const { planRestore } = await import('../../plan/plan-restore.js');
      return planRestore(state, { now, token: drawToken(await io.loadCrypto()) });
    };
    return runGeneration(bundle, readGenerationOptions(input, io), plan, io);
  },
};
