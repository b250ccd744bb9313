import type { BundleState } from '../../bundle/state.js';
import type { RenewalOptions } from '../../plan/renew.js';
import type { Update } from '../../plan/update.js';
import type { UnixTime } from '../../x509/time.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';
import { bundleOperand, runGeneration } from '../run-generation.js';
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
    const bundle = bundleOperand(input.positionals, 'Only one bundle is renewed at a time');
    const renewal = readRenewal(input);
    const plan = async (state: BundleState, now: UnixTime): Promise<Update> => {
      const { planRenewal } = await import('../../plan/renew.js');
      return planRenewal(state, { ...renewal, now });
    };
    return runGeneration(bundle, readGenerationOptions(input, io), plan, io);
  },
};

function readRenewal(input: CommandInput): Omit<RenewalOptions, 'now'> {
  const { switches, lists } = input;
  const within = readWithin(input);
  const isAll = switches.has('all');
  if (isAll && within !== undefined)
    throw new UsageError('options-contradict', '--all and --within contradict each other.');
  const hosts = lists.get('member');
  const roles = lists.get('role');
  return {
    policy: isAll ? { type: 'all' } : { type: 'ending', ...(within === undefined ? {} : { within }) },
    ...(hosts === undefined ? {} : { hosts }),
    ...(roles === undefined ? {} : { roles }),
  };
}
