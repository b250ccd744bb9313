import { resolve } from 'node:path';
import type { BundleState } from '../../bundle/state.js';
import type { DocumentSource } from '../../node/read/document.js';
import type { Update } from '../../plan/update.js';
import { type Command, UsageError } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { reportFailure } from '../failure.js';
import type { CliIo } from '../io.js';

/** @internal */
export const plan: Command = {
  name: 'plan',
  summary: 'Says what update would do with a document, or renew without one, and writes nothing.',
  usage: '<bundle> [<cluster.yaml>] [--exit-code] [--json]',
  operands: 'paths',
  options: [
    { name: 'exit-code', summary: 'Ends with 4 where there is something to do.' },
    { name: 'json', summary: 'Prints JSON.' },
  ],
  examples: [
    { line: 'etcd-bundle plan bundle cluster.yaml', what: 'What a changed document means' },
    { line: 'etcd-bundle plan bundle', what: 'Which pairs are due' },
    {
      line: 'etcd-bundle plan bundle cluster.yaml --exit-code',
      what: 'For a script: ends with 4 where there is something to do',
    },
  ],
  run: async ({ positionals, switches }, io) => {
    const [bundle, document, ...more] = positionals;
    if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle.');
    if (more.length > 0)
      throw new UsageError(
        'operand-superfluous',
        `Only one document is read at a time; leave out ${more.join(' ')}.`,
      );
    const json = switches.has('json');
    let source: DocumentSource | undefined;
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const state = await readBundle(resolve(io.cwd, bundle));
      if (document !== undefined) {
        const { readDocument } = await import('../../node/read/document.js');
        source = await readDocument(document, { stdin: io.stdin, folder: io.cwd });
      }
      const planned = await planOf(state, source, io);
      const { printUpdate } = await import('../print-update.js');
      printUpdate(state, planned, { json }, io);
      return switches.has('exit-code') && planned.changes.length > 0 ? exitCodes.due : exitCodes.done;
    } catch (error) {
      const given = document === undefined ? {} : { document: { name: document, text: source?.text } };
      return reportFailure(error, io, { format: json ? 'json' : 'text', ...given });
    }
  },
};

async function planOf(state: BundleState, source: DocumentSource | undefined, io: CliIo): Promise<Update> {
  if (source === undefined) {
    const { planRenewal } = await import('../../plan/renew.js');
    return planRenewal(state, { now: io.now() });
  }
  const { readWantedCluster } = await import('../wanted-cluster.js');
  const { planUpdate } = await import('../../plan/plan-update.js');
  const wanted = await readWantedCluster(source, state);
  try {
    return planUpdate(state, wanted, { now: io.now() });
  } finally {
    wanted.programs?.close();
  }
}
