import { optionsOf } from './arguments.js';
import type { Command } from './command.js';
import { exitCodeTexts } from './exit-code.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

/**
 * `Usage: etcd-bundle generate <cluster.yaml> --out <dir>`
 *
 * @internal
 */
export function usageLine({ name, usage }: Command, style: Style): string {
  return `${style.wrap(`Usage: etcd-bundle ${name} ${usage}`, 2)}\n`;
}

/** @internal */
export function commandHelp(command: Command, style: Style): string {
  const rows = optionsOf(command).map(({ name, short, value, summary }) => [
    `  ${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    summary,
  ]);
  const examples = command.examples.map(({ line, what }) => `  ${style.dim(`# ${what}`)}\n  ${line}\n`);
  return [
    `${usageLine(command, style)}\n${style.wrap(command.summary, 0)}\n\n`,
    `${style.bold('Options')}\n${renderTable(rows, style)}\n`,
    `${style.bold('Examples')}\n${examples.join('')}`,
  ].join('');
}

/** @internal */
export function generalHelp(commands: readonly Command[], style: Style): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary]);
  const exitCodes = Object.entries(exitCodeTexts).map(([code, what]) => `${code} ${what}`);
  return [
    'Usage: etcd-bundle <command> [options]\n\n',
    style.wrap(
      'One description of an etcd cluster in; certificates, systemd units, configuration and one tarball per host out.',
      0,
    ),
    '\n\n',
    `${style.bold('Commands')}\n${renderTable(rows, style)}\n`,
    style.wrap(
      'etcd-bundle help <command> describes a command and has examples, etcd-bundle version prints the version.',
      0,
    ),
    `\n${style.wrap(`Exit codes: ${exitCodes.join(', ')}.`, 0)}\n`,
  ].join('');
}
