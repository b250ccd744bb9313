import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PRESET_NAMES, type PresetName, presetList } from '../../preset-names.js';
import { didYouMean } from '../arguments.js';
import { type Command, UsageError } from '../command.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { reportFailure } from '../failure.js';
import type { InitMember } from '../init-document.js';
import type { CliIo } from '../io.js';

/** Where a project that has the package installed has its schema; one run with npx has none that stays. */
const SCHEMA = 'node_modules/etcd-bundle/schema/cluster.schema.json';

/** @internal */
export const init: Command = {
  name: 'init',
  summary: 'Prints a commented cluster.yaml for the given members.',
  usage: '[--preset <preset>] e1=10.0.0.1 e2=10.0.0.2,fd00::2 …',
  operands: [],
  options: [
    {
      name: 'preset',
      value: '<preset>',
      offer: PRESET_NAMES,
      summary: `${presetList()}. Default: ${PRESET_NAMES[0]}.`,
    },
  ],
  examples: [
    {
      line: 'etcd-bundle init e1=10.0.0.1 e2=10.0.0.2 e3=10.0.0.3 > cluster.yaml',
      what: 'A document for three members',
    },
    {
      line: 'etcd-bundle init --preset kubeadm e1=10.0.0.1 e2=10.0.0.2 e3=10.0.0.3 > cluster.yaml',
      what: 'As static pods beside a control plane of kubeadm',
    },
  ],
  run: async ({ positionals, values }, io) => {
    const preset = values.get('preset') ?? PRESET_NAMES[0];
    if (!isPreset(preset)) {
      throw new UsageError(
        'option-value',
        `Unknown preset ${preset}.${didYouMean(preset, PRESET_NAMES)} Known presets: ${PRESET_NAMES.join(', ')}.`,
      );
    }
    return print(positionals.map(parseMember), preset, io);
  },
};

async function print(members: readonly InitMember[], preset: PresetName, io: CliIo): Promise<ExitCode> {
  const { parseClusterDocument } = await import('../../document/parse.js');
  const { renderInitDocument } = await import('../init-document.js');
  if (members.length === 0)
    throw new UsageError('operand-missing', 'Name each member with its address: e1=10.0.0.1.');
  const schema = existsSync(join(io.cwd, SCHEMA)) ? SCHEMA : undefined;
  const text = renderInitDocument(members, preset, schema);
  try {
    parseClusterDocument(text);
  } catch (error) {
    return reportFailure(error, io, { format: 'text' });
  }
  io.stdout.write(text);
  return exitCodes.done;
}

function parseMember(text: string): InitMember {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new UsageError(
      'operand-malformed',
      `${JSON.stringify(text)} is not a member: write its name and address, as in e1=10.0.0.1.`,
    );
  return { name: text.slice(0, at), addresses: text.slice(at + 1).split(',') };
}

function isPreset(name: string): name is PresetName {
  return PRESET_NAMES.some((known) => known === name);
}
