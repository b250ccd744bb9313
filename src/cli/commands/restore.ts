import { resolve } from 'node:path';
import { type Command, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';

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
    const [bundle, ...more] = input.positionals;
    if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle.');
    if (more.length > 0)
      throw new UsageError(
        'operand-superfluous',
        `Only one cluster is restored at a time; leave out ${more.join(' ')}.`,
      );
    const options = readGenerationOptions(input, io);
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { drawToken } = await import('../../pki/random.js');
      const { planRestore } = await import('../../plan/plan-restore.js');
      const { makeGeneration } = await import('../make-generation.js');
      const folder = resolve(io.cwd, bundle);
      const state = await readBundle(folder);
      const now = io.now();
      const planned = planRestore(state, { now, token: drawToken(await io.loadCrypto()) });
      return await makeGeneration(state, planned, { ...options, bundle: folder, now }, io);
    } catch (error) {
      return reportFailure(error, io, { format: options.json ? 'json' : 'text' });
    }
  },
};
