import { optionsOf } from '../arguments.js';
import type { Command, Offer } from '../command.js';
import { firstWords, spelledOptions, spellingsOf } from './words.js';

/**
 * For Bash 3.2, which macOS has, and newer. Where nothing is offered, `-o default` lets Bash offer paths; a value of other kinds has no
 * completion, which `compopt` of Bash 4 says.
 *
 * @internal
 */
export function bashCompletion(commands: readonly Command[]): string {
  const names = firstWords(commands).map(([word]) => word);
  return `# etcd-bundle: completion for bash
_etcd_bundle() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' offer='' index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      -*) ;;
      *) command=\${COMP_WORDS[index]}; break ;;
    esac
  done
  # Bash takes --option=value apart.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $command in
    '') offer='${names.join(' ')} --help --version' ;;
    help) offer='${commands.map(({ name }) => name).join(' ')}' ;;
${commands.map(branchOf).join('')}  esac
  if [[ $offer == paths ]]; then return; fi
  if [[ $offer == folders ]]; then
    compopt -o dirnames 2>/dev/null
    return
  fi
  if [[ $offer == nothing ]]; then
    compopt +o default 2>/dev/null
    return
  fi
  # shellcheck disable=SC2207 # Bash 3.2 has no mapfile, and no word has a blank.
  COMPREPLY=($(compgen -W "$offer" -- "$word"))
}
complete -o default -F _etcd_bundle etcd-bundle
`;
}

function branchOf(command: Command): string {
  const values = optionsOf(command)
    .filter(({ value }) => value !== undefined)
    .map(
      (option) => `        ${spellingsOf(option).join(' | ')}) offer='${wordsOf(option.offer ?? [])}' ;;\n`,
    );
  return [
    `    ${command.name})\n`,
    '      case $before in\n',
    ...values,
    '        *)\n',
    `          offer='${wordsOf(command.operands)}'\n`,
    `          if [[ $word == -* ]]; then offer='${spelledOptions(command).join(' ')}'; fi\n`,
    '          ;;\n',
    '      esac\n',
    '      ;;\n',
  ].join('');
}

function wordsOf(offer: Offer): string {
  if (typeof offer === 'string') return offer;
  return offer.length === 0 ? 'nothing' : offer.join(' ');
}
