import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { readTarball } from '../../../src/node/index.js';
import { FURTHER_FILE, makeFurtherAuthority } from '../../support/further-authority.js';
import { expectPublished } from '../../support/published-schema.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { asFormat1 } from '../../support/written-bundle.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';
import { generated, manifestIn } from './generated.js';

const DAY = 86_400;
const isPublished = expectPublished('update');

function everything(cwd: string): readonly string[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .map(
      (path) =>
        `${path} ${existsSync(path) && !readdirOk(path) ? readFileSync(path).toString('base64') : ''}`,
    )
    .sort();
}

function readdirOk(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

async function errorsOf(cwd: string, now: number, ...folders: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runCli(['verify', ...folders], { cwd, now });
  return `${stderr}${stdout
    .split('\n')
    .filter((line) => /^(?:error|warning)/.test(line))
    .join('\n')}`;
}

describe('renew', () => {
  it('says that nothing is due, and writes nothing', async () => {
    const cwd = await generated();
    const before = everything(cwd);
    const { exitCode, stdout, stderr } = await runCli(['renew', 'bundle'], { cwd, now: NOW + 300 * DAY });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      'Nothing is due: the first certificate to end is server/e1, on 2027-01-01T00:00:00Z.\nNothing was written.\n',
    );
    expect(everything(cwd)).toEqual(before);
  });

  it('renews what ends soon, for those who have something to do, with the files that change alone', async () => {
    const cwd = await generated();
    const { exitCode, stdout } = await runCli(['renew', 'bundle'], { cwd, now: NOW + 340 * DAY });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^e1–e3 {2}peer certificate +renewed, was to end 2027-01-01T00:00:00Z {2}copy, no restart$/m,
    );
    expect(stdout).toMatch(/Wrote generation 2 to .*bundle, with tarballs for e1–e3, admin\n/);
    const [former, manifest] = [manifestIn(cwd, 'bundle.previous-1'), manifestIn(cwd)];
    const sha256 = await import('node:crypto').then(({ createHash }) =>
      createHash('sha256')
        .update(readFileSync(join(cwd, 'bundle.previous-1/bundle.json')))
        .digest('hex'),
    );
    expect(manifest).toMatchObject({
      generation: 2,
      former: sha256,
      change: { action: 'renew', at: '2026-12-07T00:00:00Z' },
      authorities: former.authorities,
      cluster: former.cluster,
      document: CLUSTER,
    });
    expect(manifest.change.changes).toHaveLength(former.certificates.length);
    for (const [index, certificate] of manifest.certificates.entries()) {
      const old = former.certificates[index];
      expect(certificate).toMatchObject({
        id: old?.id,
        path: old?.path,
        altNames: old?.altNames,
        generation: 2,
      });
      for (const key of ['serialNumber', 'fingerprint', 'publicKey'] as const)
        expect(certificate[key]).not.toBe(old?.[key]);
    }
    for (const { name, tarball, files } of manifest.hosts) {
      const packed = await readTarball(readFileSync(join(cwd, 'bundle', tarball?.path ?? '')), name);
      const changed = files.filter(({ inTarball }) => inTarball);
      expect(packed.map(({ path }) => `/${path}`)).toEqual(changed.map(({ path }) => path));
      expect(new Set(changed.map(({ kind }) => kind))).toEqual(new Set(['certificate', 'private-key']));
      const before = former.hosts.find((host) => host.name === name)?.files ?? [];
      expect(files.map(({ path, mode, owner, kind }) => ({ path, mode, owner, kind }))).toEqual(
        before.map(({ path, mode, owner, kind }) => ({ path, mode, owner, kind })),
      );
      for (const file of files.filter(({ inTarball }) => !inTarball))
        expect({ ...file, inTarball: true }).toEqual(before.find(({ path }) => path === file.path));
    }
    for (const path of ['ca/ca.key', 'ca/ca.crt', 'ca/peer-ca.key', 'ca/peer-ca.crt'])
      expect(readFileSync(join(cwd, 'bundle', path))).toEqual(
        readFileSync(join(cwd, 'bundle.previous-1', path)),
      );
    expect(await errorsOf(cwd, NOW + 340 * DAY, 'bundle')).toBe('');
    expect(await errorsOf(cwd, NOW + 340 * DAY, 'bundle', 'bundle.previous-1')).toBe('');
    expect((await runCli(['renew', 'bundle'], { cwd, now: NOW + 341 * DAY })).stdout).toContain(
      'Nothing is due',
    );
  });

  it('takes one host and one role, and leaves all others as they are', async () => {
    const cwd = await generated();
    const args = ['renew', 'bundle', '--all', '--member', 'e2', '--member', 'e3', '--role', 'peer'];
    const { stdout } = await runCli([...args, '--json'], { cwd, now: NOW + DAY });
    const answer = JSON.parse(stdout);
    isPublished(answer);
    expect(answer).toMatchObject({
      action: 'renew',
      generation: 2,
      certificates: ['peer/e2', 'peer/e3'],
      written: { directory: join(cwd, 'bundle'), previous: join(cwd, 'bundle.previous-1') },
    });
    expect(readdirSync(join(cwd, 'bundle')).sort()).toEqual([
      'RUNBOOK.md',
      'SHA256SUMS',
      'bundle.json',
      'ca',
      'e2.tar.gz',
      'e3.tar.gz',
    ]);
    expect(await errorsOf(cwd, NOW + DAY, 'bundle')).toBe('');
    // Generation 3 stands on both before it.
    await runCli(['renew', 'bundle', '--all', '--member', 'e1'], { cwd, now: NOW + DAY });
    expect(manifestIn(cwd).certificates.map(({ id, generation }) => `${id} ${generation}`)).toEqual(
      expect.arrayContaining(['peer/e1 3', 'peer/e2 2', 'server/e2 1']),
    );
    expect(await errorsOf(cwd, NOW + DAY, 'bundle', 'bundle.previous-2', 'bundle.previous-1')).toBe('');
    expect(
      (
        await runCli(['verify', 'bundle', 'bundle.previous-1', 'bundle.previous-2', '--handshakes'], {
          cwd,
          now: NOW + DAY,
        })
      ).stdout,
    ).toContain('0 errors, 0 warnings, 0 notices');
  });

  it('tells with --dry-run what it would do, as the published schema says, and writes nothing', async () => {
    const cwd = await generated(`${CLUSTER}clients: [{name: backup}]\nkubernetes: {version: "1.33"}\n`);
    const before = everything(cwd);
    const options = { cwd, now: NOW + 340 * DAY };
    const text = await runCli(['renew', 'bundle', '--dry-run'], options);
    expect(text.stdout).toMatch(/^control-plane +apiserver-etcd-client certificate +renewed/m);
    expect(text.stdout).toMatch(/\nNothing was written\.\n$/);
    const json = JSON.parse((await runCli(['renew', 'bundle', '--dry-run', '--json'], options)).stdout);
    isPublished(json);
    expect(json).not.toHaveProperty('written');
    expect(json.steps.map(({ host }: { host: string }) => host)).toEqual([
      'operator',
      'operator',
      'e1',
      'e2',
      'e3',
      'control-plane',
      'client-backup',
    ]);
    expect(everything(cwd)).toEqual(before);
  });

  it('writes another folder with --out, and leaves the bundle where it is', async () => {
    const cwd = await generated();
    const before = everything(join(cwd, 'bundle'));
    const args = ['renew', 'bundle', '--all', '--out', 'next'];
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
    expect(everything(join(cwd, 'bundle'))).toEqual(before);
    expect(manifestIn(cwd, 'next').generation).toBe(2);
    expect((await runCli(args, { cwd })).stderr).toContain('[output-holds-bundle]');
  });

  it('renews what the first releases wrote', async () => {
    const cwd = await generated();
    asFormat1(join(cwd, 'bundle'));
    expect((await runCli(['renew', 'bundle', '--all', '--member', 'e1'], { cwd })).stderr).toBe('');
    expect(manifestIn(cwd)).toMatchObject({ format: 2, generation: 2, etcdVersion: ETCD_RELEASES.at(-1) });
    expect(await errorsOf(cwd, NOW + DAY, 'bundle', 'bundle.previous-1')).toBe('');
  });

  it('needs no file of a further CA, which the bundle has', async () => {
    const further = await makeFurtherAuthority(NOW);
    const document = `${CLUSTER}\ncertificates: {trust: [${FURTHER_FILE}]}\n`;
    const cwd = makeFolder({ 'cluster.yaml': document, [FURTHER_FILE]: further.certificate });
    const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(
        /certificates\.trust\[0\]: notice: Every client .* \[further-clients\]\n$/,
      ),
    });
    rmSync(join(cwd, FURTHER_FILE));
    const later = NOW + 300 * DAY;
    expect(await runCli(['renew', 'bundle', '--all'], { cwd, now: later })).toMatchObject({ exitCode: 0 });
    expect(manifestIn(cwd)).toMatchObject({
      generation: 2,
      trust: [{ certificate: further.certificate, generation: 1 }],
    });
    expect(await errorsOf(cwd, later + DAY, 'bundle')).toBe('');
  });

  it('tells the end of a CA, beyond which nothing is renewed', async () => {
    const cwd = await generated(`${CLUSTER}certificates: {validity: {ca: 8800h}, beyondAuthority: clamp}\n`);
    const late = NOW + 360 * DAY;
    expect((await runCli(['renew', 'bundle'], { cwd, now: late })).exitCode).toBe(0);
    const { exitCode, stdout } = await runCli(['renew', 'bundle'], { cwd, now: late + 5 * DAY });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      '6 pairs of the CA peer-ca end soon, and new ones would hardly last longer: it ends on 2027-01-02T16:00:00Z. renew --role peer-ca extends it, rotate-ca makes another one.',
    );
    expect(stdout).toContain('Nothing was written.');
  });

  it('restarts together what does not let each other in any more, once all have new pairs', async () => {
    const cwd = await generated();
    await runCli(['renew', 'bundle'], { cwd, now: NOW + 400 * DAY });
    const blocks = runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'));
    const restarts = blocks.filter(({ commands }) => commands.join() === 'systemctl restart --no-block etcd');
    expect(restarts.map(({ host }) => host)).toEqual(['e1', 'e2', 'e3']);
    const firstGate = blocks.findIndex(({ kind }) => kind === 'gate');
    const [, , last] = restarts;
    expect(last).toBeDefined();
    if (last !== undefined) expect(firstGate).toBeGreaterThan(blocks.indexOf(last));
  });

  it('says which pairs end with their CA', async () => {
    const cwd = await generated(`${CLUSTER}certificates: {validity: {ca: 8800h}, beyondAuthority: clamp}\n`);
    const { stdout } = await runCli(['renew', 'bundle', '--all', '--role', 'peer'], {
      cwd,
      now: NOW + 30 * DAY,
    });
    expect(stdout).toContain(
      'New pairs of the CA peer-ca last no longer than it, until 2027-01-02T16:00:00Z: 3 of them are cut.',
    );
  });

  it('names a host that there is not as the command line has it', async () => {
    const { stderr } = await runCli(['renew', 'bundle', '--member', 'nope'], { cwd: await generated() });
    expect(stderr).toBe('The bundle has no host "nope". Name one of e1, e2, e3, admin. [no-such-member]\n');
  });

  it.each([
    [[], 2, 'operand-missing'],
    [['bundle', 'more'], 2, 'operand-superfluous'],
    [['bundle', '--all', '--within', '30d'], 2, 'options-contradict'],
    [['bundle', '--within', 'soon'], 2, 'option-value'],
    [['bundle', '--member', 'e9'], 1, 'no-such-member'],
    [['bundle', '--role', 'root'], 1, 'role-not-issued'],
    [['bundle', '--member', 'admin', '--role', 'peer'], 1, 'role-not-issued'],
    [['bundle', '--all', '--member', 'e1', '--role', 'admin'], 1, 'role-not-issued'],
    [['nowhere'], 1, 'not-a-bundle'],
  ])('refuses %j', async (args, code, issue) => {
    const cwd = await generated();
    const before = everything(cwd);
    const { exitCode, stderr } = await runCli(['renew', ...args], { cwd, now: NOW + 340 * DAY });
    expect(exitCode).toBe(code);
    expect(stderr).toContain(`[${issue}]`);
    expect(everything(cwd)).toEqual(before);
  });

  it('needs the keys of the CAs where something is issued, and only there', async () => {
    const cwd = await generated();
    renameSync(join(cwd, 'bundle/ca'), join(cwd, 'kept'));
    expect((await runCli(['renew', 'bundle'], { cwd })).exitCode).toBe(0);
    const before = everything(cwd);
    const { exitCode, stdout } = await runCli(['renew', 'bundle', '--all', '--json'], { cwd });
    expect(exitCode).toBe(1);
    const answer = JSON.parse(stdout);
    isPublished(answer);
    expect(answer.issues.map(({ code }: { code: string }) => code)).toEqual(
      Array(4).fill('authority-missing'),
    );
    expect(everything(cwd)).toEqual(before);
    cpSync(join(cwd, 'kept'), join(cwd, 'bundle/ca'), { recursive: true });
    expect((await runCli(['renew', 'bundle', '--all'], { cwd })).exitCode).toBe(0);
  });

  it('refuses an older generation, and one that was changed by hand', async () => {
    const cwd = await generated();
    await runCli(['renew', 'bundle', '--all'], { cwd });
    expect((await runCli(['renew', 'bundle.previous-1', '--all'], { cwd })).stderr).toContain(
      '[bundle-superseded]',
    );
    writeFileSync(
      join(cwd, 'bundle/bundle.json'),
      `${readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8')} `,
    );
    expect((await runCli(['renew', 'bundle', '--all'], { cwd })).stderr).toContain('[bundle-changed]');
    rmSync(join(cwd, 'bundle/SHA256SUMS'));
    expect((await runCli(['renew', 'bundle', '--all'], { cwd })).exitCode).toBe(0);
  });
});
