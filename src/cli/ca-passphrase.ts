import { resolve } from 'node:path';
import { EtcdBundleError } from '../errors.js';
import { type CommandInput, type CommandOption, UsageError } from './command.js';
import type { CliIo } from './io.js';

/**
 * Where the passphrase of the CA keys comes from.
 *
 * @internal
 */
export type PassphraseSource =
  /** The first line of a file, by its path. */
  | { readonly type: 'file'; readonly path: string }
  /** An environment variable. */
  | { readonly type: 'env'; readonly name: string }
  | { readonly type: 'prompt' };

/** OpenSSL takes fewer octets than this, and reads no more of a line (`apps/include/apps.h`, APP_PASS_LEN). */
const TOO_MANY_OCTETS = 1024;
const MAX_FILE_BYTES = 2 ** 16;
/** Says nothing of what was given instead: that may be the passphrase. */
const SOURCES = '--ca-passphrase takes file:F, env:NAME or prompt, and never the passphrase itself.';

const QUESTION = 'Passphrase of the CA keys: ';
const NO_TERMINAL = 'There is no terminal to ask at: take --ca-passphrase file:F or env:NAME.';

/**
 * How a usage writes {@link caPassphraseOption}.
 *
 * @internal
 */
export const CA_PASSPHRASE_USAGE = '[--ca-passphrase SOURCE]';

/**
 * The option of every command that uses or makes a CA key.
 *
 * @param summary - what the passphrase does there
 * @internal
 */
export function caPassphraseOption(summary: string): CommandOption {
  return {
    name: 'ca-passphrase',
    value: 'SOURCE',
    offer: ['prompt'],
    summary: `${summary} From file:F (its first line), env:NAME, or prompt (asked for at the terminal).`,
  };
}

/**
 * @returns undefined where it is not given
 * @throws UsageError for what is none
 * @internal
 */
export function readPassphraseSource({ values }: Pick<CommandInput, 'values'>): PassphraseSource | undefined {
  const text = values.get('ca-passphrase');
  if (text === undefined) return undefined;
  if (text === 'prompt') return { type: 'prompt' };
  const colon = text.indexOf(':');
  const [kind, rest] = [text.slice(0, colon), text.slice(colon + 1)];
  if (kind === 'file' && rest !== '') return { type: 'file', path: rest };
  if (kind === 'env' && rest !== '') return { type: 'env', name: rest };
  throw new UsageError('option-value', SOURCES);
}

/**
 * @param isNew - whether keys will be put under it: then it is asked for twice
 * @throws UsageError where there is no such variable, or no terminal to ask at; EtcdBundleError `invalid-authority` for one that cannot be used,
 * `system` where the file cannot be read
 * @internal
 */
export async function readPassphrase(
  source: PassphraseSource,
  io: Pick<CliIo, 'askSecrets' | 'cwd' | 'env'>,
  { isNew }: { readonly isNew: boolean },
): Promise<string> {
  switch (source.type) {
    case 'file':
      return checked(await firstLine(resolve(io.cwd, source.path), source.path), source.path);
    case 'env': {
      const value = io.env[source.name];
      if (value === undefined)
        throw new UsageError('option-value', `There is no environment variable ${source.name}.`);
      return checked(value, source.name);
    }
    case 'prompt': {
      const answers = await io.askSecrets(isNew ? [QUESTION, 'The same again: '] : [QUESTION]);
      if (answers === undefined) throw new UsageError('option-value', NO_TERMINAL);
      const [passphrase = '', again = passphrase] = answers;
      if (again !== passphrase) throw unusable('', 'The two passphrases differ.');
      return checked(passphrase, '');
    }
  }
}

/** As OpenSSL's `-passin file:` has it, so that both take the same file. */
async function firstLine(path: string, name: string): Promise<string> {
  const { readBytes } = await import('../node/read/read-bytes.js');
  const bytes = await readBytes(path, MAX_FILE_BYTES);
  if (bytes === undefined)
    throw new EtcdBundleError('invalid-authority', [
      { code: 'no-such-file', path: name, message: 'It does not exist.', cure: 'Check the path.' },
    ]);
  if (typeof bytes === 'string') throw unusable(name, bytes);
  try {
    const [line = ''] = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n');
    return line.replace(/\r$/, '');
  } catch {
    throw unusable(name, 'It is not UTF-8.');
  }
}

function checked(passphrase: string, path: string): string {
  if (passphrase === '') throw unusable(path, 'The passphrase is empty.');
  if (Buffer.byteLength(passphrase) >= TOO_MANY_OCTETS)
    throw unusable(
      path,
      `The passphrase has ${TOO_MANY_OCTETS} octets or more, which OpenSSL does not take.`,
    );
  return passphrase;
}

function unusable(path: string, message: string): EtcdBundleError {
  const cure =
    'Give one passphrase, on the first line of a file, in an environment variable or at the terminal.';
  return new EtcdBundleError('invalid-authority', [{ code: 'unusable-passphrase', path, message, cure }]);
}
