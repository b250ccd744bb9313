import { resolve } from 'node:path';
import type { RenewalOptions } from '../../plan/renew.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import {
  GENERATION_USAGE,
  type GenerationOptions,
  generationOptions,
  readGenerationOptions,
} from '../generation-options.js';
import type { CliIo } from '../io.js';
import { readWithin, withinOption } from '../within.js';

/** @internal */
export const renew: Command = {
  name: 'renew',
  summary: 'Writes the next generation of a bundle, with new pairs for those that end soon.',
  usage: `<bundle> [--within TIME | --all] [--member M]… [--role R]… ${GENERATION_USAGE}`,
  operands: 'folders',
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
      summary:
        'Only pairs of this role, such as peer; may be given again. Of a CA, ca or peer-ca: that is extended, with its own key.',
    },
    ...generationOptions,
  ],
  examples: [
    { line: 'etcd-bundle renew bundle', what: 'Pairs that are due' },
    { line: 'etcd-bundle renew bundle --within 90d', what: 'Pairs that end within 90 days' },
    { line: 'etcd-bundle renew bundle --member e1 --role peer --all', what: 'One pair' },
    {
      line: 'etcd-bundle renew bundle --role ca --role peer-ca --within 365d',
      what: 'A later end for CAs that end within a year',
    },
  ],
  run: async (input, io) => {
    const options = readOptions(input, io);
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { planRenewal } = await import('../../plan/renew.js');
      const now = io.now();
      const state = await readBundle(options.bundle);
      const update = planRenewal(state, { ...options.renewal, now });
      const { makeGeneration } = await import('../make-generation.js');
      return await makeGeneration(state, update, { ...options, now }, io);
    } catch (error) {
      return reportFailure(error, io, { format: options.json ? 'json' : 'text' });
    }
  },
};

interface RenewInput extends GenerationOptions {
  /** Absolute. */
  readonly bundle: string;
  readonly renewal: Omit<RenewalOptions, 'now'>;
}

function readOptions(input: CommandInput, io: CliIo): RenewInput {
  const { positionals, switches, lists } = input;
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
  const hosts = lists.get('member');
  const roles = lists.get('role');
  return {
    ...readGenerationOptions(input, io),
    bundle: resolve(io.cwd, bundle),
    renewal: {
      policy: isAll ? { type: 'all' } : { type: 'ending', ...(within === undefined ? {} : { within }) },
      ...(hosts === undefined ? {} : { hosts }),
      ...(roles === undefined ? {} : { roles }),
    },
  };
}
