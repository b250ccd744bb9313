import { resolve } from 'node:path';
import type { DocumentSource } from '../../node/read/document.js';
import { type Command, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';
import type { ReadCluster } from '../wanted-cluster.js';

/** @internal */
export const update: Command = {
  name: 'update',
  summary: 'Writes the next generation of a bundle, which brings the cluster to a changed document.',
  usage: `<bundle> <cluster.yaml> ${GENERATION_USAGE}`,
  operands: 'paths',
  options: generationOptions,
  examples: [
    { line: 'etcd-bundle update bundle cluster.yaml --dry-run', what: 'What would change' },
    {
      line: 'etcd-bundle update bundle cluster.yaml',
      what: 'The next generation; bundle/RUNBOOK.md says how hosts get there',
    },
  ],
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
    let wanted: ReadCluster | undefined;
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
      wanted = await readWantedCluster(source, state);
      const planned = planUpdate(state, wanted, { now });
      return await makeGeneration(
        state,
        planned,
        { ...options, bundle: folder, now, programs: wanted.programs },
        io,
      );
    } catch (error) {
      const given = { name: document, text: source?.text };
      return reportFailure(error, io, { format: options.json ? 'json' : 'text', document: given });
    } finally {
      wanted?.programs?.close();
    }
  },
};
