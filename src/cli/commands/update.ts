import { resolve } from 'node:path';
import type { DocumentSource } from '../../node/read/document.js';
import { type Command, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import { createProgress } from '../progress.js';

/** @internal */
export const update: Command = {
  name: 'update',
  summary: 'Writes the next generation of a bundle, which brings the cluster to a changed document.',
  usage: '<bundle> <cluster.yaml> [--out <dir>] [--dry-run] [--json]',
  options: [
    {
      name: 'out',
      value: '<dir>',
      summary:
        'Folder to write, new or empty; without it the bundle takes the place of the former one, which is kept as <bundle>.previous-<n>.',
    },
    { name: 'dry-run', summary: 'Prints what would change and writes nothing.' },
    { name: 'json', summary: 'Prints JSON.' },
  ],
  run: async ({ positionals, switches, values }, io) => {
    const [bundle, document, ...more] = positionals;
    if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle and a cluster.yaml.');
    if (document === undefined)
      throw new UsageError('operand-missing', 'Name the changed cluster.yaml, or - for standard input.');
    if (more.length > 0)
      throw new UsageError(
        'operand-superfluous',
        `Only one document is read at a time; leave out ${more.join(' ')}.`,
      );
    const out = values.get('out');
    const json = switches.has('json');
    const progress = createProgress('certificates', io);
    let source: DocumentSource | undefined;
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { readDocument } = await import('../../node/read/document.js');
      const { parseClusterDocument } = await import('../../document/parse.js');
      const { planUpdate } = await import('../../plan/plan-update.js');
      const { makeGeneration } = await import('../make-generation.js');
      const folder = resolve(io.cwd, bundle);
      const state = await readBundle(folder);
      source = await readDocument(document, { stdin: io.stdin, folder: io.cwd });
      const wanted = { spec: parseClusterDocument(source.text), document: source.text };
      const input = {
        bundle: folder,
        ...(out === undefined ? {} : { out: resolve(io.cwd, out) }),
        dryRun: switches.has('dry-run'),
        json,
        now: io.now(),
        onIssued: progress.show,
      };
      return await makeGeneration(state, planUpdate(state, wanted, input), input, io).finally(progress.erase);
    } catch (error) {
      const given = { name: document, text: source?.text };
      return reportFailure(error, io, { format: json ? 'json' : 'text', document: given });
    }
  },
};
