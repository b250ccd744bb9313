import { optionsOf } from '../arguments.js';
import type { Command, CommandOption, Offer } from '../command.js';
import { firstWords, spellingsOf } from './words.js';

/**
 * For a file of `$fpath` named `_etcd-bundle`, or to be sourced (zshcompsys(1), `_arguments`).
 *
 * @internal
 */
export function zshCompletion(commands: readonly Command[]): string {
  const words = firstWords(commands).map(
    ([word, what]) => `    ${quote(`${word}:${colonsEscaped(what)}`)}\n`,
  );
  return `#compdef etcd-bundle
# etcd-bundle: completion for zsh
_etcd-bundle() {
  local -a commands
  local state line
  commands=(
${words.join('')}  )
  _arguments -C '--json[Prints JSON.]' ':command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
        help) _arguments ${quote(`:command:(${commands.map(({ name }) => name).join(' ')})`)} ;;
${commands.map(branchOf).join('')}      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _etcd-bundle ]; then
  _etcd-bundle "$@"
else
  compdef _etcd-bundle etcd-bundle
fi
`;
}

function branchOf(command: Command): string {
  const specs = [
    ...optionsOf(command).flatMap(optionSpecs),
    quote(`*:operand:${actionOf(command.operands)}`),
  ];
  return `        ${command.name})\n          _arguments -s \\\n${specs.map((spec) => `            ${spec}`).join(' \\\n')}\n          ;;\n`;
}

function optionSpecs(option: CommandOption): readonly string[] {
  const { isList, summary, value, offer } = option;
  const spellings = spellingsOf(option);
  // An option that may be given once is not offered again.
  const once = isList === true ? '*' : spellings.length > 1 ? `(${spellings.join(' ')})` : '';
  const what = summary.replaceAll(/[[\]\\]/g, '\\$&');
  const argument = value === undefined ? '' : `:${colonsEscaped(value)}:${actionOf(offer ?? [])}`;
  return spellings.map((spelling) => {
    const equals = value === undefined ? '' : spelling.startsWith('--') ? '=' : '+';
    return quote(`${once}${spelling}${equals}[${what}]${argument}`);
  });
}

function actionOf(offer: Offer): string {
  if (offer === 'paths') return '_files';
  if (offer === 'folders') return '_files -/';
  return offer.length === 0 ? '' : `(${offer.join(' ')})`;
}

function colonsEscaped(text: string): string {
  return text.replaceAll(':', '\\:');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
