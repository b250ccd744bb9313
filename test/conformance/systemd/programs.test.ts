import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderEnvironmentFile } from '../../../src/systemd/environment-file.js';
import { renderEtcdUnit } from '../../../src/systemd/etcd-unit.js';
import { hardeningFor } from '../../../src/systemd/hardening.js';
import { escapeSpecifiers } from '../../../src/systemd/quote.js';
import { renderSysusers } from '../../../src/systemd/sysusers.js';
import { planStateDirectories, renderTmpfiles } from '../../../src/systemd/tmpfiles.js';
import { runProgram } from '../../hosts/process.js';
import { describeWithPrograms } from '../../programs/describe.js';
import {
  environmentValues,
  execWords,
  hostileEnvironment,
  hostileWords,
  paths,
} from '../../property/systemd/hostile.js';
import { put } from '../../support/put-files.js';

const silent = { code: 0, stdout: '', stderr: '' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-systemd-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithPrograms([], 'a POSIX shell', () => {
  it.each(['sh', 'bash'])('reads our environment files as they were meant: %s', async (shell) => {
    const values = [...hostileEnvironment, ...fc.sample(environmentValues, { numRuns: 1000 })];
    const variables = values.map((value, index) => ({ name: `V_${index}`, value }));
    const file = put(
      join(folder, 'hostile.env'),
      renderEnvironmentFile(variables, 'first line\nlast line \\'),
    );
    const print = variables.map(({ name }) => `printf '%s\\0' "$${name}"`).join('\n');
    const script = put(join(folder, 'print.sh'), `set -a\n. '${file}'\n${print}\n`);
    const { code, stdout, stderr } = await runProgram(shell, [script]);
    expect({ code, stderr, values: stdout.split('\0').slice(0, -1) }).toEqual({
      code: 0,
      stderr: '',
      values,
    });
  });
});

describeWithPrograms(['systemd-analyze'], "systemd's own programs", (program) => {
  const analyze = (...args: string[]) => runProgram(program('systemd-analyze').path, args);

  it('have nothing to say about a unit full of hostile text', async () => {
    const binary = join(folder, 'a $b%H ${C} #;é @');
    symlinkSync('/bin/true', binary);
    const unit = renderEtcdUnit({
      description: '%H \\n "x" $y é',
      directives: [
        { name: 'Unit', directives: [{ name: 'Documentation', values: ['https://etcd.io/docs'] }] },
        {
          name: 'Service',
          directives: [
            { name: 'Type', values: ['notify'] },
            { name: 'WorkingDirectory', values: [escapeSpecifiers('/srv/a "b" %H\\c')] },
            ...hardeningFor({
              dataDir: '/srv/a "b" %H\\c',
              walDir: "/var/lib/it's é/wal",
              ports: [79],
              memoryLock: true,
            }),
          ],
        },
        { name: 'Install', directives: [{ name: 'WantedBy', values: ['multi-user.target'] }] },
      ],
      exec: {
        binary,
        words: [...hostileWords, ...fc.sample(execWords, { numRuns: 1000 }), ['a', { variable: 'A' }]],
      },
      environmentFile: '/etc/etcd/[a] {b} "c" \\*?%H.env',
      user: 'etcd',
    });
    const file = put(join(folder, 'hostile.service'), unit);
    expect(await analyze('verify', '--man=no', file)).toEqual(silent);
  });

  it('rate the sandbox OK', async () => {
    const unit = renderEtcdUnit({
      directives: [
        {
          name: 'Service',
          directives: hardeningFor({ dataDir: '/var/lib/etcd', ports: [2379, 2380], memoryLock: false }),
        },
      ],
      exec: { binary: '/bin/true', words: [] },
      user: 'etcd',
    });
    const file = put(join(folder, 'rated.service'), unit);
    const { stdout } = await analyze('security', '--offline=true', '--no-pager', file);
    expect(Number(/exposure level for rated\.service: ([\d.]+) OK/.exec(stdout)?.[1])).toBeLessThanOrEqual(
      1.5,
    );
  });

  it('make the accounts we mean', async () => {
    const cases = [
      { user: 'etcd', description: 'etcd', home: '/var/lib/etcd', written: 'etcd:/var/lib/etcd' },
      {
        user: '_e-1',
        description: '100% "etcd" \\x',
        home: '/srv/a "b" 1%\\c',
        written: '100% "etcd" \\x:/srv/a "b" 1%\\c',
      },
      { user: 'colon', description: 'a:b', home: '/srv/a:b', written: 'a b:/' },
      { user: 'e'.repeat(31), description: '', home: '/é', written: ':/é' },
    ];
    const root = join(folder, 'accounts');
    put(join(root, 'etc/sysusers.d/etcd.conf'), cases.map((account) => renderSysusers(account)).join(''));
    const grouped = { user: 'member', group: 'cluster', description: 'member', home: '/var/lib/etcd' };
    put(join(root, 'etc/sysusers.d/member.conf'), renderSysusers(grouped));
    const { code, stderr } = await runProgram('systemd-sysusers', [`--root=${root}`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('not a valid') });
    const accounts = readFileSync(join(root, 'etc/passwd'), 'utf8').split('\n').slice(0, -1);
    const fields = new Map(accounts.map((line) => [line.split(':')[0], line.split(':')]));
    for (const { user, written } of cases) {
      expect(fields.get(user)?.slice(4, -1).join(':')).toBe(written);
      expect(fields.get(user)?.at(-1)).toBe('/usr/sbin/nologin');
    }
    const group = /^cluster:x:(\d+):$/m.exec(readFileSync(join(root, 'etc/group'), 'utf8'))?.[1];
    expect(fields.get('member')?.[3]).toBe(group);
  });

  it('leave an account that exists alone, and make its group', async () => {
    const root = join(folder, 'existing');
    const passwd = put(join(root, 'etc/passwd'), 'etcd:x:500:600:old:/home/etcd:/bin/sh\n');
    const group = put(join(root, 'etc/group'), 'people:x:600:\n');
    put(
      join(root, 'etc/sysusers.d/etcd.conf'),
      renderSysusers({ user: 'etcd', description: 'etcd', home: '/var/lib/etcd' }),
    );
    expect(await runProgram('systemd-sysusers', [`--root=${root}`])).toMatchObject({ code: 0 });
    expect(readFileSync(passwd, 'utf8')).toBe('etcd:x:500:600:old:/home/etcd:/bin/sh\n');
    expect(readFileSync(group, 'utf8')).toMatch(/^people:x:600:\netcd:x:\d+:\n$/);
  });

  it('make our directories and hand over our keys, whatever their names, and nothing beside them', async () => {
    const { uid, gid } = userInfo();
    const root = join(folder, 'files');
    // What one may be made of another must not be, or one's mode would be both.
    const names = fc.uniqueArray(paths, { minLength: 60, maxLength: 60 });
    const [directories = [], keys = []] = fc.sample(names, { numRuns: 2 });
    put(join(root, 'etc/passwd'), `root:x:0:0::/:/bin/sh\nme:x:${uid}:${gid}::/:/bin/sh\n`);
    put(join(root, 'etc/group'), `root:x:0:\nme:x:${gid}:\n`);
    const lines = directories.map((path, index) =>
      renderTmpfiles(planStateDirectories([`/data/${index}${path}`], { user: 'me', group: 'me' })),
    );
    const patterns = ['/key?', '/key*', '/key[12]', '/key{1,2}', '/key\\'];
    const adjusted = keys
      .map((path, index) => `/pki/${index}${path}`)
      .concat(patterns.map((name) => `/pki${name}`));
    for (const path of [...adjusted, '/pki/key1', '/pki/key2']) put(join(root, path), '');
    for (const path of adjusted) {
      lines.push(renderTmpfiles([{ type: 'adjust', path, mode: 0o640, user: 'me', group: 'me' }]));
    }
    const modeOf = (path: string): number => statSync(join(root, path)).mode & 0o777;
    const before = modeOf('/pki/key1');
    put(join(root, 'etc/tmpfiles.d/etcd.conf'), lines.join(''));
    expect(await runProgram('systemd-tmpfiles', [`--root=${root}`, '--create'])).toEqual(silent);
    for (const [index, path] of directories.entries()) {
      expect({ path, mode: modeOf(`/data/${index}${path}`) }).toEqual({ path, mode: 0o700 });
    }
    for (const path of adjusted) expect({ path, mode: modeOf(path) }).toEqual({ path, mode: 0o640 });
    for (const path of ['/pki/key1', '/pki/key2']) expect(modeOf(path)).toBe(before);
  });

  it('pass from one of our directories into another', async () => {
    const { uid, gid } = userInfo();
    const root = join(folder, 'nested');
    put(join(root, 'etc/passwd'), `root:x:0:0::/:/bin/sh\nme:x:${uid}:${gid}::/:/bin/sh\n`);
    put(join(root, 'etc/group'), `root:x:0:\nme:x:${gid}:\n`);
    const planned = planStateDirectories(['/srv/etcd', '/srv/etcd/a/b/wal'], { user: 'me', group: 'me' });
    put(join(root, 'etc/tmpfiles.d/etcd.conf'), renderTmpfiles(planned));
    for (const _ of ['first', 'again']) {
      expect(await runProgram('systemd-tmpfiles', [`--root=${root}`, '--create'])).toEqual(silent);
    }
    for (const path of ['/srv/etcd', '/srv/etcd/a', '/srv/etcd/a/b', '/srv/etcd/a/b/wal']) {
      expect(statSync(join(root, path)).mode & 0o777).toBe(0o700);
    }
  });
});
