import { resolve } from 'node:path';
import type { InspectionJson } from '../../node/json/inspection.js';
import { type Command, UsageError } from '../command.js';
import { type ExitCode, exitCodes } from '../exit-code.js';
import { reportFailure, reportIssues } from '../failure.js';
import type { CliIo } from '../io.js';
import { jsonText, styleFor } from '../text.js';

/** @internal */
export const inspect: Command = {
  name: 'inspect',
  summary: 'Lists the files and certificates of a bundle, a tarball, a folder or a certificate file.',
  usage: '<dir | tarball | certificate> [--json]',
  operands: 'paths',
  options: [{ name: 'json', summary: 'Prints JSON.' }],
  examples: [
    { line: 'etcd-bundle inspect bundle', what: 'What a bundle has' },
    { line: 'etcd-bundle inspect bundle/e1.tar.gz', what: 'What a host gets' },
    { line: 'etcd-bundle inspect bundle/ca/ca.crt', what: 'One certificate' },
  ],
  run: async ({ positionals, switches }, io) => {
    const [path, ...more] = positionals;
    if (path === undefined)
      throw new UsageError('operand-missing', 'Name a bundle, a tarball or a certificate.');
    if (more.length > 0)
      throw new UsageError('operand-superfluous', `Only one is read at a time; leave out ${more.join(' ')}.`);
    const json = switches.has('json');
    try {
      return await print(resolve(io.cwd, path), json, io);
    } catch (error) {
      return reportFailure(error, io, { format: json ? 'json' : 'text' });
    }
  },
};

async function print(path: string, json: boolean, io: CliIo): Promise<ExitCode> {
  const { inspectPath } = await import('../../node/inspect/inspect.js');
  const { renderInspection, withDaysLeft } = await import('../inspection-text.js');
  const inspection = await inspectPath(path);
  const certificates = withDaysLeft(inspection.certificates, io.now());
  if (json) {
    io.stdout.write(jsonText({ format: 1, ...inspection, certificates } satisfies InspectionJson));
  } else {
    io.stdout.write(renderInspection(inspection, certificates, styleFor(io.stdout, io)));
    reportIssues(inspection.issues, io);
  }
  return inspection.issues.length === 0 ? exitCodes.done : exitCodes.wrong;
}
