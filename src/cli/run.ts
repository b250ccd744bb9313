import { isEtcdBundleError } from '../errors.js';
import { describeSystemError } from '../node/system-error.js';
import { version } from '../node/version.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { didYouMean, parseArguments } from './arguments.js';
import { type Command, UsageError } from './command.js';
import { commands } from './commands.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { reportIssues } from './failure.js';
import { commandFor } from './foreign-commands.js';
import { commandHelp, generalHelp, usageLine } from './help.js';
import type { CliIo } from './io.js';
import { styleFor } from './text.js';
import { withoutKeys } from './without-keys.js';

/**
 * The command line.
 *
 * @param argv - without Node and the script
 * @returns the exit code; nothing is thrown
 * @internal
 */
export async function run(argv: readonly string[], given: CliIo): Promise<ExitCode> {
  const io = withoutKeys(given);
  try {
    return await dispatch(argv, io);
  } catch (error) {
    if (io.signal.aborted) io.stderr.write('etcd-bundle: interrupted, nothing was written.\n');
    else reportUnexpected(error, io);
    return exitCodes.system;
  }
}

function reportUnexpected(error: unknown, io: CliIo): void {
  const described = describeSystemError(error, 'go on');
  if (isEtcdBundleError(described)) reportIssues(described.issues, io);
  else io.stderr.write(`etcd-bundle: this is a bug in etcd-bundle ${version}.\n${describe(error)}\n`);
}

async function dispatch(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const [name, ...args] = argv;
  switch (name) {
    case undefined:
      io.stderr.write(generalHelp(commands, styleFor(io.stderr, io)));
      return exitCodes.usage;
    case '--version':
    case '-V':
    case '-v':
    case 'version':
      io.stdout.write(`${version}\n`);
      return exitCodes.done;
    case '--help':
    case '-h':
    case 'help':
      if (args[0] !== undefined && !args[0].startsWith('-')) return runCommand(args[0], ['--help'], io);
      io.stdout.write(generalHelp(commands, styleFor(io.stdout, io)));
      return exitCodes.done;
    case '--json':
      if (args.length > 0) return dispatch([...args, name], io);
      return runCommand(name, args, io);
    default:
      return runCommand(name, args, io);
  }
}

async function runCommand(name: string, args: readonly string[], io: CliIo): Promise<ExitCode> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const known = commands.map((candidate) => candidate.name);
    const what = name.startsWith('-') ? 'option' : 'command';
    const ours = commandFor(name);
    const hint = ours === undefined ? didYouMean(name, known) : ` That is etcd-bundle ${ours}.`;
    writeUsage(new UsageError(`unknown-${what}`, `Unknown ${what} ${name}.${hint}`), io);
    io.stderr.write(`\n${generalHelp(commands, styleFor(io.stderr, io))}`);
    return exitCodes.usage;
  }
  try {
    const input = parseArguments(command, args);
    if (!input.switches.has('help')) return await command.run(input, io);
    io.stdout.write(commandHelp(command, styleFor(io.stdout, io)));
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    reportUsage(command, error, io);
    return exitCodes.usage;
  }
}

function reportUsage(command: Command, error: UsageError, io: CliIo): void {
  writeUsage(error, io);
  io.stderr.write(
    `${usageLine(command, styleFor(io.stderr, io))}etcd-bundle ${command.name} --help tells more.\n`,
  );
}

function writeUsage({ code, message }: UsageError, io: CliIo): void {
  const style = styleFor(io.stderr, io);
  io.stderr.write(
    `${style.wrap(`etcd-bundle: ${escapeUnprintable(message)} ${style.dim(`[${code}]`)}`, 2)}\n`,
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
