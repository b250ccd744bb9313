import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTarball } from '../../../src/node/index.js';
import { expectPublished } from '../../support/published-schema.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';
import { generated, manifestIn } from './generated.js';

const DAY = 86_400;
const isPublished = expectPublished('update');

describe('restore', () => {
  it('gives every member a unit with a new token and the state of an existing cluster, and nobody anything else', async () => {
    const cwd = await generated();
    const { exitCode, stdout, stderr } = await runCli(['restore', 'bundle'], { cwd, now: NOW + DAY });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [former, manifest] = [manifestIn(cwd, 'bundle.previous-1'), manifestIn(cwd)];
    const { token } = manifest.cluster;
    expect(token).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(stdout).toMatch(/^e1–e3 {2}data +from \/var\/tmp\/snapshot\.db +stop all, restore, start all$/m);
    expect(stdout).toContain(`etcd-cluster-0 -> ${token}`);
    expect(stdout).toMatch(/Wrote generation 2 to .*bundle, with tarballs for e1–e3\n/);
    expect(manifest).toMatchObject({
      generation: 2,
      change: { action: 'restore' },
      certificates: former.certificates,
      document: former.document,
    });
    for (const { name, kind, tarball } of manifest.hosts) {
      expect(tarball === undefined).toBe(kind !== 'member');
      if (tarball === undefined) continue;
      const files = await readTarball(readFileSync(join(cwd, 'bundle', tarball.path)), name);
      expect(files.map(({ path }) => path)).toEqual(['etc/systemd/system/etcd.service']);
      const unit = new TextDecoder().decode(files[0]?.bytes);
      expect(unit).toContain(`--initial-cluster-token=${token}`);
      expect(unit).toContain('--initial-cluster-state=existing');
    }
  });

  it('is nothing that the next update takes back, with the document as it was', async () => {
    const cwd = await generated();
    await runCli(['restore', 'bundle'], { cwd });
    const same = await runCli(['update', 'bundle', 'cluster.yaml'], { cwd });
    expect(same).toMatchObject({ exitCode: 0, stderr: '' });
    expect(same.stdout).toContain('Nothing to do');
    const { token } = manifestIn(cwd).cluster;
    const changed = `${CLUSTER}etcd: {settings: {snapshot-count: 5000}}\n`;
    const next = makeFolder({ 'next.yaml': changed });
    const update = await runCli(['update', 'bundle', join(next, 'next.yaml')], { cwd });
    expect(update).toMatchObject({ exitCode: 0, stderr: '' });
    const unit = manifestIn(cwd).hosts[0]?.files.find(({ kind }) => kind === 'systemd-unit')?.text;
    expect(unit).toContain(`--initial-cluster-token=${token}`);
    expect(unit).toContain('--initial-cluster-state=existing');
    expect(unit).toContain('--snapshot-count=5000');
  });

  it('prints what it would do, as JSON too, and writes nothing', async () => {
    const cwd = await generated();
    const before = readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8');
    const text = await runCli(['restore', 'bundle', '--dry-run'], { cwd });
    expect(text.stdout).toContain('Nothing was written.');
    const { exitCode, stdout } = await runCli(['restore', 'bundle', '--dry-run', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const json = JSON.parse(stdout);
    isPublished(json);
    expect(json).toMatchObject({ action: 'restore', generation: 2, certificates: [] });
    expect(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8')).toBe(before);
  });

  it('stops all members before it restores one, and starts them when all are restored', async () => {
    const cwd = await generated();
    await runCli(['restore', 'bundle'], { cwd });
    const blocks = runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
    const titles = [...new Set(blocks.map(({ title }) => title))];
    expect(titles).toEqual([
      'Before',
      'Copy the tarballs and the snapshot',
      ...['Stop', 'Restore', 'Start'].flatMap((what) => ['e1', 'e2', 'e3'].map((name) => `${what} ${name}`)),
    ]);
  });

  it('makes new pairs in the place of those that have ended', async () => {
    const cwd = await generated();
    const { exitCode, stdout, stderr } = await runCli(['restore', 'bundle'], { cwd, now: NOW + 400 * DAY });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('renewed, ended');
    const { certificates, hosts } = manifestIn(cwd);
    expect(certificates.map(({ generation }) => generation)).toEqual(certificates.map(() => 2));
    expect(hosts.every(({ tarball }) => tarball !== undefined)).toBe(true);
    const { stdout: said } = await runCli(['verify', 'bundle', 'bundle.previous-1'], {
      cwd,
      now: NOW + 400 * DAY,
    });
    expect(said.split('\n').filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('is one cluster with the generations before it, and the one before is superseded', async () => {
    const cwd = await generated();
    await runCli(['restore', 'bundle'], { cwd });
    const { exitCode, stdout } = await runCli(['verify', 'bundle.previous-1', 'bundle'], { cwd });
    expect(stdout).not.toMatch(/^error/m);
    expect(exitCode).toBe(0);
    const superseded = await runCli(['restore', 'bundle.previous-1'], { cwd });
    expect(superseded.exitCode).toBe(1);
    expect(superseded.stderr).toContain('generation 1 of the cluster, which has had 2');
    renameSync(join(cwd, 'bundle'), join(cwd, 'elsewhere'));
    expect((await runCli(['restore', 'bundle.previous-1', '--dry-run'], { cwd })).exitCode).toBe(0);
  });

  it('names what is missing or too much', async () => {
    expect(await runCli(['restore'])).toMatchObject({ exitCode: 2 });
    expect((await runCli(['restore', 'a', 'b'])).stderr).toContain('leave out b');
  });
});
