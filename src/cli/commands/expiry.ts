import { resolve } from 'node:path';
import type { ExpirySource } from '../../node/expiry-paths.js';
import type { ExpiryJson } from '../../node/json/expiry.js';
import { atOption, readAt } from '../at.js';
import { type Command, UsageError } from '../command.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { reportFailure, reportIssues } from '../failure.js';
import type { CliIo } from '../io.js';
import { jsonText, styleFor } from '../text.js';
import { readWithin, withinOption } from '../within.js';

/** @internal */
export const expiry: Command = {
  name: 'expiry',
  summary:
    'Says which certificates and revocation lists end when, the first to end first, and who holds them.',
  usage: '<bundle | tarball | host root | certificate | ->… [--within TIME] [--at TIME] [--json]',
  operands: 'paths',
  options: [
    withinOption('Ends with 4 where something ends within this time.'),
    atOption,
    { name: 'json', summary: 'Prints JSON.' },
  ],
  examples: [
    { line: 'etcd-bundle expiry bundle', what: 'Everything that ends, the first to end first' },
    {
      line: 'etcd-bundle expiry bundle --within 60d --json',
      what: 'For a monitor: ends with 4 where something ends within 60 days',
    },
  ],
  run: async (input, io) => {
    const { positionals, switches, values } = input;
    if (positionals.length === 0)
      throw new UsageError(
        'operand-missing',
        'Name a bundle, a tarball, the root of a host or a certificate.',
      );
    if (positionals.filter((path) => path === '-').length > 1)
      throw new UsageError('operand-superfluous', 'Standard input is read once; leave out the second -.');
    const within = readWithin(input);
    const at = readAt(input) ?? io.now();
    const json = switches.has('json');
    try {
      const sources = await Promise.all(positionals.map((path) => sourceOf(path, io)));
      const asked = within === undefined ? {} : { within, withinText: values.get('within') ?? '' };
      return await print(sources, { at, json, ...asked }, io);
    } catch (error) {
      return reportFailure(error, io, { format: json ? 'json' : 'text' });
    }
  },
};

const MAX_INPUT = 64 * 2 ** 20;

async function sourceOf(path: string, io: CliIo): Promise<ExpirySource> {
  if (path !== '-') return resolve(io.cwd, path);
  const { readLimited } = await import('../../node/read/read-limited.js');
  const bytes = await readLimited(io.stdin, MAX_INPUT);
  if (bytes === undefined) throw new UsageError('operand-missing', 'Standard input has more than 64 MiB.');
  return { name: '-', bytes };
}

async function print(
  sources: readonly ExpirySource[],
  {
    json,
    withinText,
    ...options
  }: { readonly at: number; readonly within?: number; readonly withinText?: string; readonly json: boolean },
  io: CliIo,
): Promise<ExitCode> {
  const { expiryOfPaths } = await import('../../node/expiry-paths.js');
  const { isDue } = await import('../../verify/expiry/ending.js');
  const found = await expiryOfPaths(sources, options);
  if (json) {
    io.stdout.write(jsonText({ format: 1, ...found } satisfies ExpiryJson));
  } else {
    const { renderExpiry } = await import('../expiry-text.js');
    io.stdout.write(renderExpiry(found, withinText, styleFor(io.stdout, io)));
    reportIssues(found.issues, io);
  }
  if (found.issues.length > 0) return exitCodes.wrong;
  return found.endings.some(isDue) ? exitCodes.due : exitCodes.done;
}
