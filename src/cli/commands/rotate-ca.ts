import { resolve } from 'node:path';
import type { RotationOptions } from '../../plan/plan-rotation.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';

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
    const [bundle, ...more] = input.positionals;
    if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle.');
    if (more.length > 0)
      throw new UsageError(
        'operand-superfluous',
        `Only one bundle is changed at a time; leave out ${more.join(' ')}.`,
      );
    const rotation = readRotation(input);
    const options = readGenerationOptions(input, io);
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { planRotation } = await import('../../plan/plan-rotation.js');
      const { makeGeneration } = await import('../make-generation.js');
      const folder = resolve(io.cwd, bundle);
      const state = await readBundle(folder);
      const now = io.now();
      const planned = planRotation(state, { ...rotation, now });
      return await makeGeneration(state, planned, { ...options, bundle: folder, now }, io);
    } catch (error) {
      return reportFailure(error, io, { format: options.json ? 'json' : 'text' });
    }
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
