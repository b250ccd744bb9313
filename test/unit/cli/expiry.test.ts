import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectPublished } from '../../support/published-schema.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';

const DAY = 86_400;
const isPublished = expectPublished('expiry');

async function bundle(document = CLUSTER): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': document });
  await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
  return cwd;
}

describe('expiry', () => {
  it('lists what ends when, from the manifest alone', async () => {
    const cwd = await bundle();
    const alone = makeFolder({ 'bundle.json': readFileSync(join(cwd, 'out/bundle.json'), 'utf8') });
    const { exitCode, stdout } = await runCli(['expiry', alone], { now: NOW + DAY });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^ENDS +LEFT +WHAT +SUBJECT +SERIAL +HELD BY$/);
    expect(stdout).toMatch(
      /^2027-01-01T00:00:00Z {2}364 days {3}server +CN=e1 +(?:[0-9a-f]{2}){1,16} +e1:\/etc\/etcd\/pki\/server\.crt$/m,
    );
    expect(stdout).toMatch(
      /^2035-12-30T00:00:00Z {2}3649 days {2}CA .* e1, e2, e3:\/etc\/etcd\/pki\/peer-ca\.crt$/m,
    );
    expect(stdout).toMatch(/\n18 certificates: 0 ended\.\n$/);
  });

  it('ends with 4 where something ends within a time, or has ended', async () => {
    const cwd = await bundle();
    const run = async (now: number, ...args: readonly string[]) =>
      (await runCli(['expiry', 'out/bundle.json', ...args], { cwd, now })).exitCode;
    expect(await run(NOW, '--within', '8759h59m59s')).toBe(0);
    expect(await run(NOW, '--within', '8760h')).toBe(4);
    expect(await run(NOW, '--within', '364d')).toBe(0);
    expect(await run(NOW, '--within', '365d')).toBe(4);
    expect(await run(NOW + 365 * DAY)).toBe(0);
    expect(await run(NOW + 365 * DAY + 1)).toBe(4);
    expect(await run(NOW, '--at', '2027-01-01T00:00:01Z')).toBe(4);
  });

  it('says how much of the time is left, in days, hours and less', async () => {
    const cwd = await bundle();
    const left = async (now: number) =>
      /^\S+ {2}(.+?) {2}/m.exec(
        (await runCli(['expiry', 'out'], { cwd, now })).stdout.split('\n').slice(1).join('\n'),
      )?.[1];
    expect(await left(NOW + 364 * DAY)).toBe('1 day');
    expect(await left(NOW + 364 * DAY + 3 * 3600)).toBe('21 hours');
    expect(await left(NOW + 365 * DAY - 1)).toBe('less than an hour');
    expect(await left(NOW + 366 * DAY)).toBe('ended 1 day ago');
    expect(await left(NOW - 2 * DAY)).toBe('367 days, not valid before 2025-12-31T23:55:00Z');
    const { stdout } = await runCli(['expiry', 'out', '--within', '30d'], { cwd, now: NOW + 350 * DAY });
    expect(stdout).toMatch(/\n18 certificates: 0 ended, 16 within 30d\.\n$/);
  });

  it('reads tarballs, hosts, files and standard input, and tells what they share once', async () => {
    const cwd = await bundle();
    const stdin = readFileSync(join(cwd, 'out/ca/peer-ca.crt'), 'utf8');
    const paths = ['out/e1.tar.gz', 'out/admin.tar.gz', 'out/ca/ca.crt', '-'];
    const { exitCode, stdout } = await runCli(['expiry', ...paths, '--json'], { cwd, stdin });
    expect(exitCode).toBe(0);
    const value = JSON.parse(stdout);
    isPublished(value);
    const authorities = value.endings.filter(({ type }: { type: string }) => type === 'authority');
    expect(authorities.map(({ holders }: { holders: unknown }) => holders)).toEqual([
      [
        { path: join(cwd, 'out/ca/ca.crt') },
        { host: 'e1', path: '/etc/etcd/pki/ca.crt' },
        { host: 'admin', path: '/etc/etcd/admin/ca.crt' },
      ],
      [{ path: '-' }, { host: 'e1', path: '/etc/etcd/pki/peer-ca.crt' }],
    ]);
    const manifest = readFileSync(join(cwd, 'out/bundle.json'), 'utf8');
    expect((await runCli(['expiry', '-'], { cwd, stdin: manifest })).stdout).toMatch(/\n18 certificates: /);
  });

  it('tells two folders of one name apart', async () => {
    const cwd = await bundle();
    const certificate = readFileSync(join(cwd, 'out/ca/ca.crt'));
    for (const folder of ['a/pki', 'b/pki']) {
      mkdirSync(join(cwd, folder), { recursive: true });
      writeFileSync(join(cwd, folder, 'ca.crt'), certificate);
    }
    const { stdout } = await runCli(['expiry', 'a/pki', 'b/pki'], { cwd });
    expect(stdout).toMatch(/ pki, pki \(2\):\/ca\.crt$/m);
  });

  it.each([
    ['a key', 'out/ca/ca.key', 'It is a private key, which has no end of its own.'],
    ['a text', 'out/RUNBOOK.md', 'It holds neither a certificate nor a revocation list.'],
    ['an empty folder', 'empty', 'It holds neither a certificate nor a revocation list.'],
  ])('ends with 1 where there is none: %s', async (_, path, message) => {
    const cwd = await bundle();
    mkdirSync(join(cwd, 'empty'));
    const { exitCode, stdout, stderr } = await runCli(['expiry', path, 'out/ca/ca.crt'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CN=etcd-ca');
    expect(stderr).toBe(
      `${join(cwd, path)}: ${message} Name a bundle, a tarball, the root of a host, a certificate or a revocation list. [no-certificate]\n`,
    );
  });

  it('ends with 1 for a cluster without TLS, a damaged tarball, a broken manifest, and nothing at all', async () => {
    const cwd = await bundle(`preset: plain-http\n${CLUSTER}`);
    writeFileSync(join(cwd, 'bad.tar.gz'), Buffer.from([0x1f, 0x8b, 8, 0]));
    mkdirSync(join(cwd, 'other'));
    writeFileSync(join(cwd, 'other/bundle.json'), '{}');
    mkdirSync(join(cwd, 'later'));
    writeFileSync(join(cwd, 'later/bundle.json'), '{"format": 3}');
    for (const [path, says] of [
      ['out', /^\S+: Its cluster has no certificates\. .* \[no-certificate\]\n$/],
      ['bad.tar.gz', /^\S+bad\.tar\.gz: .* \[damaged-tarball\]\n$/],
      ['other', /^\S+bundle\.json: It is not the manifest of a bundle\. .* \[not-a-manifest\]\n$/],
      ['later', /^\S+bundle\.json: It has format 3, .* \[newer-bundle\]\n$/],
      ['gone', /^\S+gone: There is nothing there\. .* \[no-such-file\]\n$/],
    ] as const) {
      const { exitCode, stdout, stderr } = await runCli(['expiry', path], { cwd });
      expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringMatching(says)]);
      const json = await runCli(['expiry', path, '--json'], { cwd });
      expect(json.exitCode).toBe(1);
      isPublished(JSON.parse(json.stdout));
    }
  });

  it('says of every certificate of a host that it was passed over, and ends with 1', async () => {
    const cwd = await bundle();
    const host = join(cwd, 'e1');
    mkdirSync(host);
    execFileSync('tar', ['-xzf', join(cwd, 'out/e1.tar.gz'), '-C', host]);
    const run = (): ReturnType<typeof runCli> => runCli(['expiry', host], { now: NOW + DAY });
    expect(await run()).toMatchObject({ exitCode: 0, stderr: '' });
    execFileSync('mkfifo', [join(host, 'etc/etcd/pki/old.pem'), join(host, 'etc/etcd/control')]);
    symlinkSync('/nowhere/leaf.crt', join(host, 'etc/etcd/pki/leaf.crt'));
    symlinkSync('control', join(host, 'etc/etcd/mine'));
    writeFileSync(join(host, 'etc/etcd/list.crl'), Buffer.alloc(2 ** 20 + 1));
    // etcd's own, by what its settings name.
    rmSync(join(host, 'etc/etcd/pki/server.crt'));
    execFileSync('mkfifo', [join(host, 'etc/etcd/pki/server.crt')]);
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CN=e1');
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/ Check it on the host.*/, '')),
    ).toEqual([
      'e1:/etc/etcd/pki/server.crt: It is a named pipe, and settings of etcd or of its clients name it.',
      'e1:/etc/etcd/pki/old.pem: It is a named pipe, and was not looked at.',
      'e1:/etc/etcd/list.crl: It is larger than 1 MiB, and was not looked at.',
      'e1:/etc/etcd/pki/leaf.crt: It is a link that leads to nothing below the root, and was not looked at.',
    ]);
  });

  it('says so where a limit was reached, behind which anything may end', async () => {
    const host = makeFolder();
    mkdirSync(join(host, `etc/${'d/'.repeat(25)}`), { recursive: true });
    const { exitCode, stderr } = await runCli(['expiry', host], { now: NOW });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /: It lies more than 24 folders deep, and was not looked at\. .* \[unreadable-file\]\n/,
    );
  });

  it('tells everything that is wrong with a manifest, in a folder or alone', async () => {
    const cwd = await bundle();
    const path = join(cwd, 'out/bundle.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(
      path,
      JSON.stringify({ ...manifest, generation: 1e308, change: { action: 'x', at: 'then' } }),
    );
    for (const given of ['out', 'out/bundle.json']) {
      const { exitCode, stderr } = await runCli(['expiry', given], { cwd });
      expect(exitCode).toBe(1);
      expect(stderr.replaceAll(cwd, '').split('\n').slice(0, -1)).toEqual([
        expect.stringMatching(
          /^\/out\/bundle\.json: generation: It is 1e\+308, and not .* \[malformed-manifest\]$/,
        ),
        expect.stringMatching(
          /^\/out\/bundle\.json: change\.at: It is "then", and not .* \[malformed-manifest\]$/,
        ),
      ]);
    }
  });

  it.each([
    [[], /Name a bundle/],
    [
      ['out', '--within', 'soon'],
      /--within takes a Go duration such as 720h, or days such as 30d, not soon\./,
    ],
    [['out', '--within', '-1h'], /not -1h\./],
    [['out', '--within', '1.5d'], /not 1\.5d\./],
    [['out', '--at', 'soon'], /--at takes a time/],
    [['-', '-'], /Standard input is read once/],
  ])('ends with 2: %s', async (args, says) => {
    const { exitCode, stderr } = await runCli(['expiry', ...args], { cwd: makeFolder() });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(says)]);
  });
});
