import { resolve } from 'node:path';
import type { ReleasePrograms } from '../../node/programs/release-archives.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { reportFailure } from '../failure.js';
import { GENERATION_USAGE, generationOptions, readGenerationOptions } from '../generation-options.js';

/** @internal */
export const replace: Command = {
  name: 'replace',
  summary:
    'Writes the next generation of a bundle, with which members whose hosts are lost join the running cluster again.',
  usage: `<bundle> <member>… [--address [M=]A]… ${GENERATION_USAGE}`,
  operands: 'folders',
  options: [
    {
      name: 'address',
      value: '[M=]A',
      isList: true,
      summary:
        'An address of member M on its new host, in the place of all that it had; may be given again, the first one is advertised. Of one member M= may be left out.',
    },
    ...generationOptions,
  ],
  examples: [
    { line: 'etcd-bundle replace bundle e3', what: 'A new host at the same address' },
    { line: 'etcd-bundle replace bundle e3 --address 10.0.0.13', what: 'A new host at another address' },
  ],
  run: async (input, io) => {
    const [bundle, ...members] = input.positionals;
    if (bundle === undefined)
      throw new UsageError('operand-missing', 'Name a bundle, and the members whose hosts are lost.');
    if (members.length === 0)
      throw new UsageError('operand-missing', 'Name the members whose hosts are lost.');
    const addresses = readAddresses(input, members);
    const options = readGenerationOptions(input, io);
    let programs: ReleasePrograms | undefined;
    try {
      const { readBundle } = await import('../../node/read/state.js');
      const { planReplace } = await import('../../plan/plan-replace.js');
      const { makeGeneration } = await import('../make-generation.js');
      const folder = resolve(io.cwd, bundle);
      const state = await readBundle(folder);
      if (state.spec.etcd.archive !== undefined) {
        const { readReleaseArchives } = await import('../../node/programs/release-archives.js');
        programs = await readReleaseArchives(state.spec, io.cwd);
      }
      const now = io.now();
      const lost = { members, addresses, ...(programs === undefined ? {} : { programs }) };
      const planned = planReplace(state, lost, { now });
      return await makeGeneration(state, planned, { ...options, bundle: folder, now, programs }, io);
    } catch (error) {
      return reportFailure(error, io, { format: options.json ? 'json' : 'text' });
    } finally {
      programs?.close();
    }
  },
};

/** By members' names. No address has an equals sign. */
function readAddresses(
  { lists }: CommandInput,
  members: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const [only, ...more] = new Set(members);
  const addresses = new Map<string, string[]>();
  for (const text of lists.get('address') ?? []) {
    const at = text.indexOf('=');
    const name = at === -1 ? only : text.slice(0, at);
    if (name === undefined || (at === -1 && more.length > 0))
      throw new UsageError(
        'option-value',
        `Of several members say whose address ${text} is: --address ${only}=${text}.`,
      );
    const known = addresses.get(name) ?? [];
    addresses.set(name, known);
    known.push(text.slice(at + 1));
  }
  return Object.fromEntries(addresses);
}
