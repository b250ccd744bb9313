import { resolve } from 'node:path';
import type { DocumentSource } from '../../node/read/document.js';
import { type Command, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';

/** @internal */
export const update: Command = {
  name: 'update',
  summary: 'Writes the next generation of a bundle, which brings the cluster to a changed document.',
  usage: `<bundle> <cluster.yaml> ${GENERATION_USAGE}`,
  options: generationOptions,
  run: async (input, io) => {
    const [bundle, document, ...more] = input.positionals;
    if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle and a cluster.yaml.');
    if (document === undefined)
      throw new UsageError('operand-missing', 'Name the changed cluster.yaml, or - for standard input.');
    if (more.length > 0)
      throw new UsageError(
        'operand-superfluous',
        `Only one document is read at a time; leave out ${more.join(' ')}.`,
      );
    const options = readGenerationOptions(input, io);
    let source: DocumentSource | undefined;
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { readDocument } = await import('../../node/read/document.js');
      const { readWantedCluster } = await import('../wanted-cluster.js');
      const { planUpdate } = await import('../../plan/plan-update.js');
      const { makeGeneration } = await import('../make-generation.js');
      const folder = resolve(io.cwd, bundle);
      const state = await readBundle(folder);
      source = await readDocument(document, { stdin: io.stdin, folder: io.cwd });
      const now = io.now();
      const planned = planUpdate(state, await readWantedCluster(source), { now });
      return await makeGeneration(state, planned, { ...options, bundle: folder, now }, io);
    } catch (error) {
      const given = { name: document, text: source?.text };
      return reportFailure(error, io, { format: options.json ? 'json' : 'text', document: given });
    }
  },
};
