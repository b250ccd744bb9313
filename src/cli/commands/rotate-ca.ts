import type { BundleState } from '../../bundle/state.js';
import type { RotationOptions } from '../../plan/plan-rotation.js';
import type { Update } from '../../plan/update.js';
import type { UnixTime } from '../../x509/time.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';
import { bundleOperand, runGeneration } from '../run-generation.js';

/** @internal */
export const rotateCa: Command = {
  name: 'rotate-ca',
  summary: 'Writes the next generation of a bundle, with the next phase of the change to a new CA.',
  usage: `<bundle> [--authority A]… [--back | --at-once] ${GENERATION_USAGE}`,
  operands: 'folders',
  options: [
    {
      name: 'authority',
      value: 'A',
      isList: true,
      offer: ['ca', 'peer-ca'],
      summary:
        'Only this CA, ca or peer-ca; may be given again. Without it those whose rotation has begun, or all.',
    },
    { name: 'back', summary: 'Goes back to the phase before.' },
    {
      name: 'at-once',
      summary: 'Makes a new CA and all pairs in one generation, for a cluster that is down.',
    },
    ...generationOptions,
  ],
  examples: [
    {
      line: 'etcd-bundle rotate-ca bundle',
      what: 'The next phase of the change to new CAs; bundle/RUNBOOK.md has the commands',
    },
    {
      line: 'etcd-bundle rotate-ca bundle --authority ca --dry-run',
      what: 'What it would be for one of two CAs',
    },
    {
      line: 'etcd-bundle rotate-ca bundle --at-once',
      what: 'Everything at once, for a cluster that is down',
    },
  ],
  run: async (input, io) => {
    const bundle = bundleOperand(input.positionals, 'Only one bundle is changed at a time');
    const rotation = readRotation(input);
    const plan = async (state: BundleState, now: UnixTime): Promise<Update> => {
      const { planRotation } = await import('../../plan/plan-rotation.js');
      return planRotation(state, { ...rotation, now });
    };
    return runGeneration(bundle, readGenerationOptions(input, io), plan, io);
  },
};

function readRotation({ switches, lists }: CommandInput): Omit<RotationOptions, 'now'> {
  const [isBack, isAtOnce] = ['back', 'at-once'].map((name) => switches.has(name));
  if (isBack === true && isAtOnce === true)
    throw new UsageError('options-contradict', '--back and --at-once contradict each other.');
  const authorities = lists.get('authority');
  return {
    direction: isBack === true ? 'back' : isAtOnce === true ? 'at-once' : 'forward',
    ...(authorities === undefined ? {} : { authorities }),
  };
}
