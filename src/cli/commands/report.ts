import { resolve } from 'node:path';
import type { ViewPathsOptions } from '../../node/view-paths.js';
import type { Report } from '../../report/report-of-hosts.js';
import { counted } from '../../text/counted.js';
import { escapeUnprintable } from '../../text/unprintable.js';
import { atOption, readAt } from '../at.js';
import { type Command, type CommandInput, UsageError } from '../command.js';
import { etcdVersionOption, readEtcdVersion } from '../etcd-version.js';
import { exitCodes } from '../exit-code.js';
import { reportFailure } from '../failure.js';
import type { CliIo } from '../io.js';
import { readWithin, withinOption } from '../within.js';

/** @internal */
export const report: Command = {
  name: 'report',
  summary:
    'Writes one HTML file about a cluster, for people who keep one: what it has, and what verify says of it.',
  usage:
    '<dir | tarball | host root>… --out <file> [--force] [--against <bundle>] [--etcd-version V] [--at TIME] [--within TIME]',
  operands: 'paths',
  options: [
    {
      name: 'out',
      short: 'o',
      value: '<file>',
      offer: 'paths',
      summary: 'File to write; - is standard output.',
    },
    { name: 'force', summary: 'Replaces a file that is there.' },
    {
      name: 'against',
      value: '<bundle>',
      offer: 'folders',
      summary: 'Tells what on the hosts differs from what this bundle says they have.',
    },
    etcdVersionOption,
    atOption,
    withinOption('Marks what ends within this time, by default 30 days.'),
  ],
  examples: [
    { line: 'etcd-bundle report bundle --out report.html', what: 'A bundle' },
    { line: 'etcd-bundle report e1 e2 e3 --out report.html', what: 'Folders with the files of hosts' },
  ],
  run: async (input, io) => {
    const { positionals, switches, values } = input;
    if (positionals.length === 0)
      throw new UsageError('operand-missing', 'Name a bundle, a tarball or the root of a host.');
    const out = values.get('out');
    if (out === undefined)
      throw new UsageError('option-missing', 'Name the file with --out <file>, or - for standard output.');
    const options = readOptions(input, io);
    try {
      const { reportOfPaths } = await import('../../node/report-paths.js');
      const paths = positionals.map((path) => resolve(io.cwd, path));
      const made = await reportOfPaths(paths, options);
      if (out === '-') io.stdout.write(made.html);
      else await write(made, out, switches.has('force'), io);
      return made.verification.summary.errors > 0 ? exitCodes.wrong : exitCodes.done;
    } catch (error) {
      return reportFailure(error, io, { format: 'text' });
    }
  },
};

function readOptions(input: CommandInput, io: CliIo): ViewPathsOptions {
  const etcdVersion = readEtcdVersion(input);
  const within = readWithin(input);
  const against = input.values.get('against');
  return {
    at: readAt(input) ?? io.now(),
    ...(against === undefined ? {} : { against: resolve(io.cwd, against) }),
    ...(etcdVersion === undefined ? {} : { etcdVersion }),
    ...(within === undefined ? {} : { within }),
  };
}

async function write({ html, verification }: Report, out: string, force: boolean, io: CliIo): Promise<void> {
  const { writeOneFile } = await import('../../node/write/one-file.js');
  const bytes = new TextEncoder().encode(html);
  await io.whileWriting(() => writeOneFile(resolve(io.cwd, out), bytes, { force, signal: io.signal }));
  const { errors, warnings, notices } = verification.summary;
  io.stdout.write(
    `${escapeUnprintable(out)}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(notices, 'notice')}.\n`,
  );
}
