import { resolve } from 'node:path';
import {
  CA_PASSPHRASE_USAGE,
  caPassphraseOption,
  type PassphraseSource,
  readPassphraseSource,
} from './ca-passphrase.js';
import type { CommandInput, CommandOption } from './command.js';
import type { CliIo } from './io.js';

/**
 * Where the next generation of a bundle goes, and how it is told.
 *
 * @internal
 */
export interface GenerationOptions {
  /** Absolute; absent: the bundle's own folder. */
  readonly out?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Absent: none. */
  readonly caPassphrase?: PassphraseSource;
}

/**
 * How a usage writes {@link generationOptions}.
 *
 * @internal
 */
export const GENERATION_USAGE: string = `${CA_PASSPHRASE_USAGE} [--out <dir>] [--dry-run] [--json]`;

/**
 * Options of every command that makes a generation.
 *
 * @internal
 */
export const generationOptions: readonly CommandOption[] = [
  {
    name: 'out',
    short: 'o',
    value: '<dir>',
    offer: 'folders',
    summary:
      'Folder to write, new or empty; without it the bundle takes the place of the former one, which is kept as <bundle>.previous-<n>.',
  },
  caPassphraseOption('Opens the CA keys where they are under a passphrase, and puts new ones under it.'),
  { name: 'dry-run', summary: 'Prints what would change and writes nothing.' },
  { name: 'json', summary: 'Prints JSON.' },
];

/** @internal */
export function readGenerationOptions(
  { switches, values }: Pick<CommandInput, 'switches' | 'values'>,
  io: Pick<CliIo, 'cwd'>,
): GenerationOptions {
  const out = values.get('out');
  const caPassphrase = readPassphraseSource({ values });
  return {
    ...(out === undefined ? {} : { out: resolve(io.cwd, out) }),
    dryRun: switches.has('dry-run'),
    json: switches.has('json'),
    ...(caPassphrase === undefined ? {} : { caPassphrase }),
  };
}
