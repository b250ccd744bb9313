import { optionsOf } from './arguments.js';
import type { Command, CommandExample, CommandOption } from './command.js';
import { exitCodeTexts } from './exit-code.js';

/**
 * The manual pages of section 1, by file name, in the macros of man(7): one of the program and one of each command.
 *
 * @internal
 */
export function manPages(commands: readonly Command[], version: string): ReadonlyMap<string, string> {
  return new Map([
    ['etcd-bundle.1', programPage(commands, version)],
    ...commands.map((command) => [`etcd-bundle-${command.name}.1`, commandPage(command, version)] as const),
  ]);
}

function programPage(commands: readonly Command[], version: string): string {
  return [
    head('etcd-bundle', 'certificates and host configuration of an etcd cluster', version),
    '.B etcd\\-bundle\n',
    `.I ${roff('command')}\n[${roff('options')}]\n`,
    '.SH DESCRIPTION\n',
    line(
      'One description of an etcd cluster in; certificates, systemd units, configuration and one tarball per host out.',
    ),
    '.SH COMMANDS\n',
    ...commands.map(({ name, summary }) => `.TP\n.BR etcd\\-bundle\\-${name} (1)\n${line(summary)}`),
    exitStatus(),
  ].join('');
}

function commandPage(command: Command, version: string): string {
  const { name, summary, usage, examples } = command;
  return [
    head(`etcd-bundle-${name}`, withoutEnd(summary), version),
    `.B etcd\\-bundle ${name}\n${line(usage)}`,
    `.SH DESCRIPTION\n${line(summary)}`,
    '.SH OPTIONS\n',
    ...optionsOf(command).map(optionEntry),
    exitStatus(),
    '.SH EXAMPLES\n',
    examples.map(exampleEntry).join('.PP\n'),
    '.SH SEE ALSO\n.BR etcd\\-bundle (1)\n',
  ].join('');
}

function head(name: string, what: string, version: string): string {
  return [
    `.TH ${roff(name).toUpperCase()} 1 "" "etcd\\-bundle ${roff(version)}"\n`,
    `.SH NAME\n${roff(name)} \\- ${roff(what)}\n`,
    '.SH SYNOPSIS\n',
  ].join('');
}

function optionEntry({ name, short, value, summary }: CommandOption): string {
  const spelled = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map(
    (spelling) => `\\fB${roff(spelling)}\\fR`,
  );
  return `.TP\n${spelled.join(', ')}${value === undefined ? '' : ` \\fI${roff(value)}\\fR`}\n${line(summary)}`;
}

function exampleEntry({ line: example, what }: CommandExample): string {
  return `${line(`${what}:`)}.PP\n.nf\n.RS\n${line(example)}.RE\n.fi\n`;
}

function exitStatus(): string {
  const rows = Object.entries(exitCodeTexts).map(
    ([code, what]) => `.TP\n.B ${code}\n${line(`${what.charAt(0).toUpperCase()}${what.slice(1)}.`)}`,
  );
  return `.SH EXIT STATUS\n${rows.join('')}`;
}

/** A sentence without its stop: what man -k shows. */
function withoutEnd(text: string): string {
  return text.replace(/\.$/, '');
}

/** Of text, which no macro begins. */
function line(text: string): string {
  const escaped = roff(text);
  return `${/^[.']/.test(escaped) ? `\\&${escaped}` : escaped}\n`;
}

function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('…', '\\&...');
}
