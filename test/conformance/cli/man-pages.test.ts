import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.js';
import { manPages } from '../../../src/cli/man-pages.js';
import { describeWithPrograms } from '../../programs/describe.js';

describeWithPrograms(['mandoc'], 'a manual page', (program) => {
  const pages = [...manPages(commands, '1.2.3')];
  const mandoc = (args: readonly string[], input: string) =>
    spawnSync(program('mandoc').path, args, { input, encoding: 'utf8' });

  it.each(pages)(
    '%s has nothing that mandoc warns of but a date, which would change with every build',
    (_, page) => {
      const { stdout } = mandoc(['-Tlint', '-Wwarning'], page);
      expect(stdout.split('\n').filter((line) => line !== '' && !line.includes('missing date'))).toEqual([]);
    },
  );

  it.each(commands.map((command) => [command.name, command] as const))(
    'of %s shows its usage, options and examples as they are typed',
    (name, { usage, options, examples }) => {
      const page = pages.find(([file]) => file === `etcd-bundle-${name}.1`)?.[1] ?? '';
      const { stdout } = mandoc(['-Tascii', '-Owidth=1000'], page);
      const shown = stdout.replaceAll(/.\x08/g, '').replaceAll(/ +/g, ' ');
      const lines = shown.split('\n').map((line) => line.trim());
      expect(lines).toContain(
        `etcd-bundle ${name} ${usage}`.replaceAll('…', '...').replaceAll(/ +/g, ' ').trim(),
      );
      for (const { line } of examples) expect(lines).toContain(line);
      for (const option of options) expect(shown).toContain(`--${option.name}`);
    },
  );
});
