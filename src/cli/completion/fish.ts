import { optionsOf } from '../arguments.js';
import type { Command, CommandOption, Offer } from '../command.js';
import { firstWords } from './words.js';

/**
 * For a file of `~/.config/fish/completions`, or to be sourced (complete(1) of fish).
 *
 * @internal
 */
export function fishCompletion(commands: readonly Command[]): string {
  const words = firstWords(commands).map(
    ([word, what]) => `${START} -n __fish_use_subcommand -a ${word} -d ${quote(what)}\n`,
  );
  const names = commands.map(({ name }) => name).join(' ');
  return [
    '# etcd-bundle: completion for fish\n',
    `${START} -f\n`,
    ...words,
    `${START} -n '__fish_seen_subcommand_from help' -a ${quote(names)}\n`,
    ...commands.flatMap(linesOf),
  ].join('');
}

const START = 'complete -c etcd-bundle';

function linesOf(command: Command): readonly string[] {
  const when = `-n '__fish_seen_subcommand_from ${command.name}'`;
  const operands = operandsOf(command.operands);
  return [
    ...(operands === '' ? [] : [`${START} ${when} ${operands}\n`]),
    ...optionsOf(command).map((option) => `${START} ${when} ${optionOf(option)}\n`),
  ];
}

function operandsOf(offer: Offer): string {
  if (offer === 'paths') return '-F';
  if (offer === 'folders') return `-a ${FOLDERS}`;
  return offer.length === 0 ? '' : `-a ${quote(offer.join(' '))}`;
}

const FOLDERS = "'(__fish_complete_directories)'";

function optionOf({ name, short, value, offer = [], summary }: CommandOption): string {
  const spelled = `${short === undefined ? '' : `-s ${short} `}-l ${name} -d ${quote(summary)}`;
  if (value === undefined) return spelled;
  if (offer === 'paths') return `${spelled} -r -F`;
  if (offer === 'folders') return `${spelled} -x -a ${FOLDERS}`;
  return `${spelled} -x${offer.length === 0 ? '' : ` -a ${quote(offer.join(' '))}`}`;
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
