import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.js';
import { completions } from '../../../src/cli/completion/completions.js';
import { describeWithPrograms } from '../../programs/describe.js';

/** Lines as they are typed, and what each shell offers; `folder` and `file` lie in the current folder. */
const LINES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['etcd-bundle re', ['renew', 'replace', 'report', 'restore', 'revoke']],
  ['etcd-bundle help pl', ['plan']],
  ['etcd-bundle verify --format ', ['github', 'json', 'text']],
  ['etcd-bundle verify bundle --fail-on ', ['error', 'notice', 'warning']],
  ['etcd-bundle --json completion ', ['bash', 'fish', 'zsh']],
  ['etcd-bundle generate cluster.yaml --f', ['--force', '--format']],
  ['etcd-bundle init --preset kube', ['kubeadm']],
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), '');
  for (const shell of ['bash', 'zsh', 'fish'] as const)
    writeFileSync(join(folder, shell), completions[shell](commands));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The words that a shell offers at the end of a line, and folders without their slash. */
type Ask = (line: string) => readonly string[];

function linesOf(program: string, args: readonly string[], input?: string): readonly string[] {
  const stdout = execFileSync(program, args, { cwd: folder, encoding: 'utf8', input, timeout: 60_000 });
  return stdout
    .split('\n')
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter((line) => line !== '')
    .toSorted();
}

function offersTheSame(ask: Ask): void {
  it.each(LINES)('offers at the end of %j: %j', (line, offered) => {
    expect(ask(line)).toEqual(offered);
  });

  it('offers every command, and every option of each', () => {
    const names = commands.map(({ name }) => name);
    expect(ask('etcd-bundle ')).toEqual(expect.arrayContaining(names));
    for (const { name, options } of commands)
      expect(ask(`etcd-bundle ${name} --`), name).toEqual(
        expect.arrayContaining(options.map((option) => `--${option.name}`)),
      );
  });
}

/** Bash offers paths by itself. */
function offersFolders(ask: Ask): void {
  it('offers folders where only they will do, and nothing where nothing is known', () => {
    expect(ask('etcd-bundle verify f')).toEqual(['file', 'fish', 'folder']);
    expect(ask('etcd-bundle renew f')).toEqual(['folder']);
    expect(ask('etcd-bundle renew bundle --out f')).toEqual(['folder']);
    expect(ask('etcd-bundle renew bundle --within ')).toEqual([]);
  });
}

describe('completion in bash', () => {
  const ask: Ask = (line) => linesOf('bash', ['--norc', '-c', `source ./bash; ${BASH_ASK}`, 'bash', line]);
  offersTheSame(ask);

  it('leaves files to bash, and offers nothing where it knows nothing', () => {
    expect(ask('etcd-bundle verify ')).toEqual([]);
    expect(ask('etcd-bundle verify --format=g')).toEqual(['github']);
  });
});

/** What readline hands over: words split at blanks and `=` (bash(1), COMP_WORDBREAKS). */
const BASH_ASK = [
  'compopt() { :; }',
  'text=${1//=/ = }',
  'read -ra COMP_WORDS <<<"$text"',
  '[[ $text == *" " ]] && COMP_WORDS+=("")',
  'COMP_CWORD=$((${#COMP_WORDS[@]} - 1))',
  '_etcd_bundle',
  'printf "%s\\n" "${COMPREPLY[@]}"',
].join('\n');

describeWithPrograms(['fish'], 'completion in fish', (program) => {
  const ask: Ask = (line) =>
    linesOf(program('fish').path, ['--no-config', '-c', 'source ./fish; complete -C $argv[1]', line]).map(
      (offered) => offered.replace(/\/?\t.*/, ''),
    );
  offersTheSame(ask);
  offersFolders(ask);
});

describeWithPrograms(['zsh'], 'completion in zsh', (program) => {
  const ask: Ask = (line) =>
    linesOf(program('zsh').path, ['-f', '-c', ZSH_ASK, 'zsh', line])
      .filter((text) => text.includes('OFFER '))
      .map((text) => text.slice(text.indexOf('OFFER ') + 'OFFER '.length))
      .filter((text, index, all) => all.indexOf(text) === index)
      .toSorted();
  offersTheSame(ask);
  offersFolders(ask);
});

/** A shell in a terminal of its own, in which each match is printed as it is added (zshmodules(1), zsh/zpty; zshcompwid(1), compadd). */
const ZSH_ASK = [
  'zmodload zsh/zpty',
  'zpty shell zsh -f -i',
  "zpty -w shell 'autoload -U compinit; compinit -u -D; source ./zsh'",
  'zpty -w shell \'compadd() { if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi; local -a found; builtin compadd -A found "$@"; local word; for word in $found; do print -r -- "OFFER $word"; done; builtin compadd "$@" }\'',
  // The line editor has the terminal once it shows its prompt.
  'zpty -w shell \'bindkey "^I" complete-word; PROMPT="RE""ADY>"\'',
  "zpty -r shell started '*READY>*'",
  'zpty -n -w shell "$1"$\'\\t\'',
  'zpty -n -w shell $\'\\C-uprint "DO""NE"\\n\'',
  "zpty -r shell answer '*DONE*'",
  'print -r -- $answer',
].join('\n');
