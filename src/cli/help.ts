import { optionsOf } from './arguments.js';
import type { Command } from './command.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

/**
 * `Usage: etcd-bundle generate <cluster.yaml> --out <dir>`
 *
 * @internal
 */
export function usageLine(command: Command): string {
  return `Usage: etcd-bundle ${command.name} ${command.usage}\n`;
}

/** @internal */
export function commandHelp(command: Command, style: Style): string {
  const rows = optionsOf(command).map(({ name, value, summary }) => [
    `  --${name}${value === undefined ? '' : ` ${value}`}`,
    summary,
  ]);
  return `${usageLine(command)}\n${command.summary}\n\n${style.bold('Options')}\n${renderTable(rows, style)}`;
}

/** @internal */
export function generalHelp(commands: readonly Command[], style: Style): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary]);
  return [
    'Usage: etcd-bundle <command> [options]\n\n',
    'One description of an etcd cluster in; certificates, systemd units, configuration and one tarball per host out.\n\n',
    `${style.bold('Commands')}\n${renderTable(rows, style)}\n`,
    'etcd-bundle <command> --help describes a command, etcd-bundle --version prints the version.\n',
    'Exit codes: 0 success, 1 the input or the bundle is wrong, 2 wrong usage, 3 the system failed, 4 something is due.\n',
  ].join('');
}
