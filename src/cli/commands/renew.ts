import { resolve } from 'node:path';
import type { RenewalOptions } from '../../plan/renew.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import type { CliIo } from '../io.js';
import { createProgress } from '../progress.js';
import { readWithin, withinOption } from '../within.js';

/** @internal */
export const renew: Command = {
  name: 'renew',
  summary: 'Writes the next generation of a bundle, with new pairs for those that end soon.',
  usage: '<bundle> [--within TIME | --all] [--member M]… [--role R]… [--out <dir>] [--dry-run] [--json]',
  options: [
    withinOption(
      'Renews what ends within this time; without it within 30 days, or the last third of what it lasts.',
    ),
    { name: 'all', summary: 'Renews every pair.' },
    { name: 'member', value: 'M', isList: true, summary: 'Only pairs of this host; may be given again.' },
    {
      name: 'role',
      value: 'R',
      isList: true,
      summary: 'Only pairs of this role, such as peer; may be given again.',
    },
    {
      name: 'out',
      value: '<dir>',
      summary:
        'Folder to write, new or empty; without it the bundle takes the place of the former one, which is kept as <bundle>.previous-<n>.',
    },
    { name: 'dry-run', summary: 'Prints what would change and writes nothing.' },
    { name: 'json', summary: 'Prints JSON.' },
  ],
  run: async (input, io) => {
    const options = readOptions(input, io);
    const progress = createProgress('certificates', io);
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { planRenewal } = await import('../../plan/renew.js');
      const now = io.now();
      const state = await readBundle(options.bundle);
      const update = planRenewal(state, { ...options.renewal, now });
      const { makeGeneration } = await import('../make-generation.js');
      return await makeGeneration(state, update, { ...options, now, onIssued: progress.show }, io).finally(
        progress.erase,
      );
    } catch (error) {
      return reportFailure(error, io, { format: options.json ? 'json' : 'text' });
    }
  },
};

interface RenewInput {
  /** Absolute. */
  readonly bundle: string;
  readonly out?: string;
  readonly renewal: Omit<RenewalOptions, 'now'>;
  readonly dryRun: boolean;
  readonly json: boolean;
}

function readOptions(input: CommandInput, io: CliIo): RenewInput {
  const { positionals, switches, values, lists } = input;
  const [bundle, ...more] = positionals;
  if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle.');
  if (more.length > 0)
    throw new UsageError(
      'operand-superfluous',
      `Only one bundle is renewed at a time; leave out ${more.join(' ')}.`,
    );
  const within = readWithin(input);
  const isAll = switches.has('all');
  if (isAll && within !== undefined)
    throw new UsageError('options-contradict', '--all and --within contradict each other.');
  const out = values.get('out');
  const hosts = lists.get('member');
  const roles = lists.get('role');
  return {
    bundle: resolve(io.cwd, bundle),
    ...(out === undefined ? {} : { out: resolve(io.cwd, out) }),
    renewal: {
      policy: isAll ? { type: 'all' } : { type: 'ending', ...(within === undefined ? {} : { within }) },
      ...(hosts === undefined ? {} : { hosts }),
      ...(roles === undefined ? {} : { roles }),
    },
    dryRun: switches.has('dry-run'),
    json: switches.has('json'),
  };
}
