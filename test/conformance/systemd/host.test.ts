import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { indexRoot } from '../../../src/host/host-root.js';
import { dropIns as dropInsOf, indexDropIns } from '../../../src/host/service/drop-ins.js';
import { systemdServices } from '../../../src/host/service/systemd-service.js';
import { parseEnvironmentFile, renderEnvironmentFile } from '../../../src/systemd/environment-file.js';
import { renderEtcdUnit } from '../../../src/systemd/etcd-unit.js';
import type { ExecWord } from '../../../src/systemd/quote.js';
import { parseUnit, splitExecStart } from '../../../src/systemd/unit-reader.js';
import type { Host } from '../../hosts/host.js';
import { createHosts, type Hosts } from '../../hosts/hosts.js';
import { describeWithHosts } from '../../programs/describe.js';
import {
  environmentFileTexts,
  environmentValues,
  execLines,
  execWords,
  hostileEnvironment,
  hostileWords,
} from '../../property/systemd/hostile.js';

// Some tests start a hundred units on a machine that has other work to do.
const patience = 120_000;

describeWithHosts([], 'what systemd makes of our files', () => {
  let hosts: Hosts;
  let host: Host;

  beforeAll(async () => {
    hosts = await createHosts({ cluster: 'quoting', hosts: [{ name: 'e1', addresses: ['10.1.1.91/24'] }] });
    host = hosts.host('e1');
    await hosts.boot();
  });
  afterAll(async () => {
    await hosts?.down();
  });

  /** Starts units that each write into /root/<name>.out, and gives what they wrote, split at NUL; undefined where none ran. */
  const outputs = async (units: ReadonlyMap<string, string>): Promise<Map<string, string[] | undefined>> => {
    for (const [name, text] of units)
      await host.put(Buffer.from(text), `/etc/systemd/system/${name}.service`);
    await host.must('systemctl daemon-reload');
    await host.run(`systemctl start ${[...units.keys()].join(' ')}`);
    return new Map(
      [...units.keys()].map((name) => {
        const file = join(host.root, 'root', `${name}.out`);
        return [name, existsSync(file) ? readFileSync(file, 'utf8').split('\0').slice(0, -1) : undefined];
      }),
    );
  };
  const serviceOf = (name: string): readonly { name: string; values: string[] }[] => [
    { name: 'Type', values: ['oneshot'] },
    { name: 'StandardOutput', values: [`append:/root/${name}.out`] },
  ];
  const printer = (name: string, words: readonly ExecWord[], environmentFile?: string): string =>
    renderEtcdUnit({
      directives: [{ name: 'Service', directives: serviceOf(name) }],
      exec: { binary: '/usr/bin/printf', words: ['%s\\0', ...words] },
      ...(environmentFile === undefined ? {} : { environmentFile }),
      user: 'root',
    });

  it('passes every word on as it was', async () => {
    const words = [...hostileWords, ...fc.sample(execWords, { numRuns: 300 })];
    const written = await outputs(new Map([['words', printer('words', words)]]));
    expect(written.get('words')).toEqual(words);
  });

  it('reads an environment file as we meant it, and puts its values into words', async () => {
    const values = [...hostileEnvironment, ...fc.sample(environmentValues, { numRuns: 300 })];
    const variables = values.map((value, index) => ({ name: `V_${index}`, value }));
    await host.put(Buffer.from(renderEnvironmentFile(variables, 'ends in \\')), '/etc/hostile.env');
    const words = variables.map(({ name }): ExecWord => ['<$', { variable: name }, '%>']);
    const written = await outputs(new Map([['variables', printer('variables', words, '/etc/hostile.env')]]));
    expect(written.get('variables')).toEqual(values.map((value) => `<$${value}%>`));
  });

  it('takes the drop-ins that we take, in our order', async () => {
    const folders = [
      'service.d',
      'etcd-.service.d',
      'etcd-a-.service.d',
      'etcd-a-c@.service.d',
      'etcd-a-c@b.service.d',
    ];
    const places = ['etc', 'run', 'usr/lib'].flatMap((top) =>
      folders.map((name) => `${top}/systemd/system/${name}`),
    );
    const dropIns = fc
      .sample(
        fc.subarray(
          places.flatMap((place) => ['1', '2', '3'].map((name) => `${place}/${name}.conf`)),
          { minLength: 9 },
        ),
        { numRuns: 20 },
      )
      .map((paths) =>
        paths.map((path, index) => ({ path, text: `[Service]\nEnvironment=V=${index} "LIST_${index}=x"\n` })),
      );
    const unit = {
      path: 'etc/systemd/system/etcd-a-c@.service',
      text: '[Service]\nExecStart=/usr/bin/etcd --name=%i\n',
    };
    for (const files of dropIns) {
      await host.must(`rm -rf ${places.map((place) => `/${place}`).join(' ')}`);
      for (const { path, text } of [unit, ...files]) await host.put(Buffer.from(text), `/${path}`);
      await host.must('systemctl daemon-reload');
      const shown = await host.must(
        'systemctl show --value -p DropInPaths -p Environment etcd-a-c@b.service',
      );
      const index = indexRoot({
        name: 'e1',
        files: [{ ...unit, path: unit.path.replace('@', '@b') }, ...files].map(({ path, text }) => ({
          path,
          bytes: Buffer.from(text),
        })),
      });
      const paths = dropInsOf(indexDropIns(index), ['etcd-a-c@b.service']);
      const [service] = systemdServices(index);
      const environment = service?.environment.map(({ name, value }) => `${name}=${value}`) ?? [];
      expect(
        shown
          .trim()
          .split('\n')
          .map((line) => line.split(' ').sort().join(' ')),
      ).toEqual(expect.arrayContaining([[...environment].sort().join(' '), [...paths].sort().join(' ')]));
    }
    await host.must(`rm -rf ${places.map((place) => `/${place}`).join(' ')} /${unit.path}`);
  });

  it('opens the very file and starts the very binary, whatever their names', async () => {
    const names = [' b', '[a]*?{b,c}', '\\x\\', '"quoted"', "it's", '%H%%', '$HOME', '#;é', '-'];
    for (const [index, name] of names.entries()) {
      await host.put(Buffer.from(`NAME="${index}"\n`), `/etc/files/${name}${index}`);
    }
    await host.put(Buffer.from('NAME="decoy"\n'), '/etc/files/a.b1');
    const units = new Map(
      names.map((name, index) => [
        `file-name-${index}`,
        printer(
          `file-name-${index}`,
          [{ variable: 'NAME' }].map((part) => [part]),
          `/etc/files/${name}${index}`,
        ),
      ]),
    );
    const read = await outputs(units);
    expect([...read.values()]).toEqual(names.map((_, index) => [String(index)]));

    const binaries = [' b', '[a]*?{b,c}', '%H%%', '$HOME${A}$$', '#;é', '-@:+!'];
    for (const name of binaries)
      await host.must('mkdir -p /opt/names && ln -s /usr/bin/printf "/opt/names/$NAME"', {
        env: { NAME: name },
      });
    const started = await outputs(
      new Map(
        binaries.map((name, index) => [
          `binary-${index}`,
          renderEtcdUnit({
            directives: [{ name: 'Service', directives: serviceOf(`binary-${index}`) }],
            exec: { binary: `/opt/names/${name}`, words: ['%s\\0', name] },
            user: 'root',
          }),
        ]),
      ),
    );
    expect([...started.values()]).toEqual(binaries.map((name) => [name]));
  });

  it('starts the commands of others with the arguments that our reader finds', async () => {
    const environment = new Map([['A', 'one  two']]);
    const lines = [
      `-/usr/bin/printf '%%s\\0' ignored`,
      `@/usr/bin/printf other '%%s\\0' "$A" \${A}`,
      `:/usr/bin/printf '%%s\\0' $A \${A} $$ %%`,
      `+/usr/bin/printf '%%s\\0' $A`,
      `!!/usr/bin/printf '%%s\\0' $A`,
      `-:/usr/bin/printf '%%s\\0' $A`,
      `"/usr/bin/printf" '%%s\\0' a"b c"d 'e'"f"`,
      `/usr/bin/printf '%%s\\0' "a \\\n   # comment\n   b" c\\\n\n`,
      `/usr/bin/printf '%%s\\0' a \\;b \\; c ; /bin/true`,
    ];
    const units = new Map(
      lines.map((line, index) => [
        `command-${index}`,
        `[Service]\nType=oneshot\nStandardOutput=append:/root/command-${index}.out\nEnvironment='A=one  two'\nExecStart=${line}\n`,
      ]),
    );
    const written = await outputs(units);
    for (const [name, text] of units) {
      const words = splitExecStart(execStartOf(text), environment)?.slice(2);
      expect({ text, words: written.get(name) }).toEqual({ text, words });
    }
  });

  it(
    'splits the lines of others as our reader does',
    async () => {
      const environment = new Map([
        ['A', 'one  two'],
        ['B', ' "x y" z\\ \\"w\' '],
        ['EMPTY', ''],
      ]);
      await host.put(
        Buffer.from(renderEnvironmentFile([...environment].map(([name, value]) => ({ name, value })))),
        '/etc/lines.env',
      );
      const lines = fc.sample(execLines, { numRuns: 100 });
      const units = new Map(
        lines.map((line, index) => [
          `line-${index}`,
          `[Service]\nType=oneshot\nStandardOutput=append:/root/line-${index}.out\nEnvironmentFile=/etc/lines.env\nExecStart=/usr/bin/printf '%%s\\\\0' first ${line}\n`,
        ]),
      );
      const written = await outputs(units);
      for (const [name, text] of units) {
        const command = splitExecStart(execStartOf(text), environment);
        expect({ text, words: written.get(name) }).toEqual({ text, words: command?.slice(2) });
      }
    },
    patience,
  );

  it(
    'reads the environment files of others as our reader does',
    async () => {
      const texts = ['', ...fc.sample(environmentFileTexts, { numRuns: 100 })];
      const units = new Map(
        texts.map((_, index) => [
          `file-${index}`,
          `[Service]\nType=oneshot\nStandardOutput=append:/root/file-${index}.out\nEnvironmentFile=/etc/file-${index}.env\nExecStart=/usr/bin/env -0\n`,
        ]),
      );
      for (const [index, text] of texts.entries())
        await host.put(Buffer.from(text), `/etc/file-${index}.env`);
      const written = await outputs(units);
      const nameOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('='));
      const always = new Set(written.get('file-0')?.map(nameOf));
      for (const [index, text] of texts.entries()) {
        const ours = parseEnvironmentFile(text).variables.map(({ name, value }) => `${name}=${value}`);
        const theirs = written.get(`file-${index}`)?.filter((line) => !always.has(nameOf(line)));
        expect({ text, variables: theirs }).toEqual({ text, variables: ours });
      }
    },
    patience,
  );
});

function execStartOf(unit: string): string {
  const service = parseUnit(unit).find(({ name }) => name === 'Service');
  return service?.directives.find(({ name }) => name === 'ExecStart')?.values[0] ?? '';
}
