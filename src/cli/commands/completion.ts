import { didYouMean } from '../arguments.js';
import { type Command, UsageError } from '../command.js';
import { exitCodes } from '../exit-code.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/**
 * @param commands - all of them, this one included
 * @internal
 */
export const completionOf = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  summary: 'Prints what a shell needs to complete commands and options.',
  usage: SHELLS.join(' | '),
  operands: SHELLS,
  options: [],
  examples: [
    { line: 'source <(etcd-bundle completion bash)', what: 'Bash, for this session or in ~/.bashrc' },
    {
      line: 'etcd-bundle completion zsh > ~/.zsh/completions/_etcd-bundle',
      what: 'Zsh, in a folder of $fpath',
    },
    {
      line: 'etcd-bundle completion fish > ~/.config/fish/completions/etcd-bundle.fish',
      what: 'Fish',
    },
  ],
  run: async ({ positionals }, io) => {
    const [name, ...more] = positionals;
    const known = SHELLS.join(', ');
    if (name === undefined) throw new UsageError('operand-missing', `Name a shell: ${known}.`);
    if (more.length > 0)
      throw new UsageError('operand-superfluous', `One shell at a time; leave out ${more.join(' ')}.`);
    const shell = SHELLS.find((candidate) => candidate === name);
    if (shell === undefined)
      throw new UsageError(
        'operand-malformed',
        `Unknown shell ${name}.${didYouMean(name, SHELLS)} Known shells: ${known}.`,
      );
    const { completions } = await import('../completion/completions.js');
    io.stdout.write(completions[shell](commands()));
    return exitCodes.done;
  },
});
