import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../src/index.js';
import { readTarball } from '../../../src/node/read/tarball.js';
import { packEntries, releaseEntries, sha256 } from '../../support/release-archive.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, makeFolder, runCli } from './fake-io.js';

const etcd = (version: string, more = ''): string => `${CLUSTER}etcd: {version: "${version}"${more}}\n`;

async function bundle(from: string, to: string): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': from, 'next.yaml': to });
  expect((await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd })).stderr).toBe('');
  return cwd;
}

/** The etcd of a document whose archive lies in the folder. */
async function archived(cwd: string, version: string): Promise<string> {
  const bytes = await packEntries(releaseEntries(version));
  writeFileSync(join(cwd, `${version}.tar.gz`), bytes);
  return etcd(version, `, archive: ${version}.tar.gz, archiveSha256: ${sha256(bytes)}`);
}

async function entries(cwd: string, name: string): Promise<readonly string[]> {
  const tarball = readFileSync(join(cwd, `bundle/${name}.tar.gz`));
  return (await readTarball(tarball, name)).map(({ path }) => path);
}

describe('a release in an update', () => {
  it('goes up a minor where nothing else changes: no tarball, and a restart of each member behind gates', async () => {
    const cwd = await bundle(etcd('3.5'), etcd('3.6.16'));
    const { exitCode, stdout } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('e1–e3  etcd  3.5 -> 3.6.16  restart, one after the other, leader last\n');
    expect(stdout).toContain('Put etcd-v3.6.16-linux-amd64.tar.gz, as etcd releases it, into the folder');
    const runbook = readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8');
    expect(runbook).toContain('ls etcd-v3.6.16-linux-amd64.tar.gz\n');
    const blocks = runbookBlocks(runbook);
    expect(blocks.filter(({ kind }) => kind === 'commands').map(({ title }) => title)).toEqual([
      'Before',
      'Copy',
      'The order of the restarts',
      'etcd 3.6.16 for e1, and a restart',
      'etcd 3.6.16 for e2, and a restart',
      'etcd 3.6.16 for e3, and a restart',
      'The cluster is of release 3.6',
    ]);
    const own = blocks.filter(({ title }) => title.endsWith('for e2, and a restart'));
    expect(own.map(({ commands }) => commands)).toEqual([
      [
        '(umask 077; tar -czf /root/e2.generation-1.tar.gz -C / usr/local/bin/etcd)',
        'tar -xzOf /root/etcd-v3.6.16-linux-amd64.tar.gz etcd-v3.6.16-linux-amd64/etcd >/usr/local/bin/etcd.new && chmod 0755 /usr/local/bin/etcd.new && mv /usr/local/bin/etcd.new /usr/local/bin/etcd',
        expect.stringContaining('systemctl restart etcd'),
      ],
      expect.arrayContaining([
        `ETCDCTL_ENDPOINTS=https://10.0.0.2:2379 etcdctl endpoint status -w fields | grep '^"Version" : "3\\.6\\.16"'`,
      ]),
      ['tar -xzf /root/e2.generation-1.tar.gz -C /', expect.stringContaining('systemctl restart etcd')],
    ]);
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).stdout).toContain('Nothing to do');
  });

  it('brings the programs of an archive, of each only where it is another one', async () => {
    const cwd = makeFolder({});
    writeFileSync(join(cwd, 'cluster.yaml'), await archived(cwd, '3.6.15'));
    writeFileSync(join(cwd, 'next.yaml'), await archived(cwd, '3.6.16'));
    await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd });
    const planned = await runCli(['plan', 'bundle', 'next.yaml'], { cwd });
    expect(planned.stdout).toContain('e1–e3  etcd  3.6.15 -> 3.6.16  restart');
    const { exitCode, stderr } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const programs = ['etcd', 'etcdctl', 'etcdutl'].map((name) => `usr/local/bin/${name}`);
    expect(await entries(cwd, 'e1')).toEqual(programs);
    const manifest = readManifest(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8'));
    const binaries = manifest?.hosts[0]?.files.filter(({ kind }) => kind === 'binary');
    expect(binaries?.map(({ generation, inTarball }) => [generation, inTarball])).toEqual(
      Array(3).fill([2, true]),
    );
    expect(manifest?.etcdVersion).toBe('3.6.16');
    expect((await runCli(['verify', 'bundle', 'bundle.previous-1'], { cwd })).stdout).toContain('0 errors');
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).stdout).toContain('Nothing to do');
  });

  it('has no need of the archive where neither it nor the release is another one', async () => {
    const cwd = makeFolder({});
    const document = await archived(cwd, '3.6.16');
    writeFileSync(join(cwd, 'cluster.yaml'), document);
    await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd });
    writeFileSync(join(cwd, '3.6.16.tar.gz'), 'gone');
    writeFileSync(join(cwd, 'next.yaml'), `${document}clients: [{name: backup}]\n`);
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).stdout).toContain('client-backup');
    const manifest = readManifest(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8'));
    expect(manifest?.hosts[0]?.files.filter(({ kind }) => kind === 'binary')).toHaveLength(3);
  });

  it('has the raft log saved before 3.7, which does not read what 3.5 wrote', async () => {
    const cwd = await bundle(etcd('3.6'), etcd('3.7'));
    await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    const blocks = runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
    const saved = blocks.findIndex(({ title }) => title === 'The raft log is saved on every member');
    expect(blocks[saved]?.commands).toEqual([
      'etcdctl downgrade enable 3.5',
      expect.stringContaining('3\\.5\\.'),
      'etcdctl downgrade cancel',
      expect.stringContaining('3\\.6\\.'),
    ]);
    expect(saved).toBeLessThan(blocks.findIndex(({ title }) => title.endsWith('and a restart')));
    expect(blocks[0]?.commands).toContain('etcdctl downgrade --help >/dev/null');
  });

  it('brings settings with it that the next release has, and pairs that it knows to part', async () => {
    const cwd = await bundle(etcd('3.4'), etcd('3.5'));
    const { stdout } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(stdout).toMatch(/^e1–e3 +etcd +3\.4 -> 3\.5/m);
    expect(stdout).toMatch(/^e1–e3 +peer-client certificate +new/m);
    expect(stdout).toMatch(/^e1–e3 +peer-client-cert-file +default -> /m);
  });

  it.each([
    ['two minors up', '3.5', '3.7', 'Write "3.6", and "3.7" once that update is in place.'],
    ['a minor down', '3.7', '3.6', 'Write "3.7"; docs/day-two.md, "Down to an earlier release"'],
    ['a patch down', '3.6.16', '3.6.15', 'Write "3.6.16"'],
  ])('is refused %s', async (_, from, to, cure) => {
    const cwd = await bundle(etcd(from), etcd(to));
    const { exitCode, stderr } = await runCli(['update', 'bundle', 'next.yaml'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('etcd.version: ');
    expect(stderr).toContain(cure);
  });

  it('is nothing where the patch is the one that was meant', async () => {
    const cwd = await bundle(etcd('3.6'), etcd('3.6.16'));
    const { stdout } = await runCli(['plan', 'bundle', 'next.yaml'], { cwd });
    expect(stdout).toContain('counts from the next generation on');
  });

  it('takes another update than one that changes members', async () => {
    const next = etcd('3.6').replace('etcd:', '  - {name: e4, address: 10.0.0.4}\netcd:');
    const cwd = await bundle(etcd('3.5'), next);
    expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd })).stderr).toContain(
      'The release and the members change in one document.',
    );
  });
});
