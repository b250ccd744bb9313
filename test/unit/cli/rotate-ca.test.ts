import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTarball } from '../../../src/node/index.js';
import { expectPublished } from '../../support/published-schema.js';
import { runbookBlocks } from '../../support/runbook-steps.js';
import { CLUSTER, NOW, runCli } from './fake-io.js';
import { generated, manifestIn } from './generated.js';

const DAY = 86_400;
const isPublished = expectPublished('update');
const KUBEADM = `preset: kubeadm\n${CLUSTER}kubernetes: {version: "1.33"}\ncertificates: {key: ecdsa-p256}\n`;
const BEGIN = '-----BEGIN CERTIFICATE-----';

async function rotate(cwd: string, ...options: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runCli(['rotate-ca', 'bundle', ...options], {
    cwd,
    now: NOW + DAY,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

/** The code of the one issue, and the cure. */
async function refusal(cwd: string, ...argv: readonly string[]): Promise<string> {
  const before = readdirSync(cwd);
  const outcome = await runCli([...argv, '--json'], { cwd, now: NOW + DAY });
  expect(outcome.exitCode).toBe(1);
  expect(readdirSync(cwd)).toEqual(before);
  const { issues } = JSON.parse(outcome.stdout);
  expect(issues).toHaveLength(1);
  expect(issues[0].cure).not.toBe('');
  return issues[0].code;
}

function phasesIn(cwd: string): readonly (readonly [string, string])[] {
  return manifestIn(cwd).authorities.map(({ id, phase }) => [id, phase]);
}

function authorityFiles(cwd: string): readonly string[] {
  return readdirSync(join(cwd, 'bundle/ca')).sort();
}

/** Serial numbers of what a host trusts, in each of its files. */
function trustedOn(cwd: string, name: string): readonly (readonly string[])[] {
  const files = manifestIn(cwd).hosts.find((host) => host.name === name)?.files ?? [];
  return files
    .filter(({ kind }) => kind === 'authority-certificate')
    .map(({ text = '' }) =>
      text
        .split(BEGIN)
        .slice(1)
        .map((block) => new X509Certificate(`${BEGIN}${block}`).serialNumber.toLowerCase()),
    );
}

function signing(cwd: string, id: string): readonly string[] {
  const authority = manifestIn(cwd).authorities.find((one) => one.id === id);
  return authority?.certificates.map(({ serialNumber }) => serialNumber) ?? [];
}

/** Whose keys signed the pairs that are in a tarball. */
async function signersIn(cwd: string, host: string): Promise<readonly string[]> {
  const entries = await readTarball(readFileSync(join(cwd, `bundle/${host}.tar.gz`)), host);
  const authorities = ['ca', 'peer-ca', 'ca.former', 'ca.next', 'peer-ca.former', 'peer-ca.next'].flatMap(
    (name) => {
      const path = join(cwd, `bundle/ca/${name}.crt`);
      return existsSync(path) ? [[name, new X509Certificate(readFileSync(path))] as const] : [];
    },
  );
  const names = entries.flatMap(({ bytes }) => {
    const text = Buffer.from(bytes).toString();
    if (!text.startsWith(BEGIN)) return [];
    const certificate = new X509Certificate(text);
    return certificate.ca
      ? []
      : [authorities.find(([, authority]) => certificate.verify(authority.publicKey))?.[0] ?? 'nobody'];
  });
  return [...new Set(names)].sort();
}

function commandsIn(cwd: string): string {
  return runbookBlocks(readFileSync(join(cwd, 'bundle/RUNBOOK.md'), 'utf8'))
    .flatMap(({ commands }) => commands)
    .join('\n');
}

async function expectSound(cwd: string, warned = /^(?:error|warning)/m): Promise<void> {
  const { generation } = manifestIn(cwd);
  const former = Array.from({ length: generation - 1 }, (_, index) => `bundle.previous-${index + 1}`);
  const verified = await runCli(['verify', 'bundle', ...former], { cwd, now: NOW + DAY });
  expect(verified.stdout).not.toMatch(warned);
  expect(verified.exitCode).toBe(0);
  const plan = await runCli(['plan', 'bundle', 'cluster.yaml'], { cwd, now: NOW + DAY });
  expect(plan.stdout).toContain('Nothing to do');
}

describe('rotate-ca', () => {
  it('trusts a new CA beside the old one, issues all pairs under it, and trusts it alone', async () => {
    const cwd = await generated();
    const [old] = signing(cwd, 'ca');
    const [oldPeer] = signing(cwd, 'peer-ca');
    const first = await rotate(cwd);
    expect(first).toMatch(/^e1–e3 +CA ca +the old one and a new one are trusted +restart/m);
    expect(first).toMatch(/^admin +CA ca +.*trusted +copy, no restart$/m);
    expect(first).toContain('ca/ca.next.key, ca/peer-ca.next.key.');
    expect(phasesIn(cwd)).toEqual([
      ['ca', 'trust'],
      ['peer-ca', 'trust'],
    ]);
    const [signs, fresh] = signing(cwd, 'ca');
    const [, freshPeer] = signing(cwd, 'peer-ca');
    expect(signs).toBe(old);
    expect(trustedOn(cwd, 'e1')).toEqual([
      [old, fresh],
      [oldPeer, freshPeer],
    ]);
    expect(trustedOn(cwd, 'admin')).toEqual([[old, fresh]]);
    expect(manifestIn(cwd).certificates.every(({ generation }) => generation === 1)).toBe(true);
    await expectSound(cwd);

    // The old CA's keys are of no use from here on.
    for (const id of ['ca', 'peer-ca']) rmSync(join(cwd, `bundle/ca/${id}.key`));
    const second = await rotate(cwd);
    expect(second).toMatch(/^e1–e3 +server certificate +under the new CA +copy, no restart$/m);
    expect(phasesIn(cwd)).toEqual([
      ['ca', 'reissue'],
      ['peer-ca', 'reissue'],
    ]);
    expect(authorityFiles(cwd)).toEqual([
      'ca.crt',
      'ca.former.crt',
      'ca.key',
      'peer-ca.crt',
      'peer-ca.former.crt',
      'peer-ca.key',
    ]);
    expect(signing(cwd, 'ca')).toEqual([fresh, old]);
    expect(await signersIn(cwd, 'e2')).toEqual(['ca', 'peer-ca']);
    expect(await signersIn(cwd, 'admin')).toEqual(['ca']);
    expect(manifestIn(cwd).certificates.every(({ generation }) => generation === 3)).toBe(true);
    expect(commandsIn(cwd)).toContain('etcdctl endpoint health');
    expect(commandsIn(cwd)).not.toContain('systemctl restart');
    await expectSound(cwd);

    await rotate(cwd);
    expect(phasesIn(cwd)).toEqual([
      ['ca', 'settled'],
      ['peer-ca', 'settled'],
    ]);
    expect(authorityFiles(cwd)).toEqual(['ca.crt', 'ca.key', 'peer-ca.crt', 'peer-ca.key']);
    expect(trustedOn(cwd, 'e1')).toEqual([[fresh], [freshPeer]]);
    expect(signing(cwd, 'ca')).toEqual([fresh, old]);
    expect(manifestIn(cwd).authorities.flatMap(({ certificates }) => certificates)).not.toContainEqual(
      expect.objectContaining({ certificate: expect.anything() }),
    );
    await expectSound(cwd);
    expect((await runCli(['renew', 'bundle', '--all'], { cwd, now: NOW + DAY })).exitCode).toBe(0);
    expect(await signersIn(cwd, 'admin')).toEqual(['ca']);
    // And another one.
    await rotate(cwd);
    await rotate(cwd);
    await rotate(cwd);
    await expectSound(cwd);
  });

  it('goes back from each phase, and leaves what was there', async () => {
    const cwd = await generated(KUBEADM);
    const [old] = signing(cwd, 'ca');
    const trusted = manifestIn(cwd).hosts.map(({ name }) => trustedOn(cwd, name));
    await rotate(cwd);
    const [, fresh] = signing(cwd, 'ca');
    await rotate(cwd);
    await rotate(cwd, '--back');
    expect(phasesIn(cwd)).toEqual([['ca', 'trust']]);
    expect(signing(cwd, 'ca')).toEqual([old, fresh]);
    expect(authorityFiles(cwd)).toEqual(['ca.crt', 'ca.key', 'ca.next.crt', 'ca.next.key']);
    expect(await signersIn(cwd, 'e1')).toEqual(['ca']);
    await expectSound(cwd);
    await rotate(cwd, '--back');
    expect(phasesIn(cwd)).toEqual([['ca', 'settled']]);
    expect(signing(cwd, 'ca')).toEqual([old]);
    expect(authorityFiles(cwd)).toEqual(['ca.crt', 'ca.key']);
    expect(manifestIn(cwd).hosts.map(({ name }) => trustedOn(cwd, name))).toEqual(trusted);
    await expectSound(cwd);
    expect(await refusal(cwd, 'rotate-ca', 'bundle', '--back')).toBe('rotation-not-begun');
  });

  it('takes one CA alone, and those that have begun where none is named', async () => {
    const cwd = await generated();
    await rotate(cwd, '--authority', 'peer-ca');
    expect(phasesIn(cwd)).toEqual([
      ['ca', 'settled'],
      ['peer-ca', 'trust'],
    ]);
    expect(existsSync(join(cwd, 'bundle/admin.tar.gz'))).toBe(false);
    expect(await refusal(cwd, 'rotate-ca', 'bundle', '--authority', 'ca', '--authority', 'peer-ca')).toBe(
      'rotation-phases-differ',
    );
    rmSync(join(cwd, 'bundle/ca/ca.key'));
    await rotate(cwd);
    expect(await signersIn(cwd, 'e1')).toEqual(['peer-ca']);
    await rotate(cwd);
    await expectSound(cwd);
    expect(await refusal(cwd, 'rotate-ca', 'bundle', '--authority', 'other-ca')).toBe('no-such-authority');
  });

  it('makes everything at once for a cluster that is down, from any phase', async () => {
    const cwd = await generated();
    rmSync(join(cwd, 'bundle/ca'), { recursive: true });
    for (const phase of ['settled', 'trust', 'reissue']) {
      const [before] = signing(cwd, 'ca');
      const said = await rotate(cwd, '--at-once');
      expect(said, phase).toMatch(
        /^e1–e3 +CA ca +the new one alone +copy, restart of all members together$/m,
      );
      expect(phasesIn(cwd)).toEqual([
        ['ca', 'settled'],
        ['peer-ca', 'settled'],
      ]);
      expect(signing(cwd, 'ca')[0]).not.toBe(before);
      expect(trustedOn(cwd, 'admin')).toEqual([signing(cwd, 'ca').slice(0, 1)]);
      expect(authorityFiles(cwd)).toEqual(['ca.crt', 'ca.key', 'peer-ca.crt', 'peer-ca.key']);
      expect(await signersIn(cwd, 'e2')).toEqual(['ca', 'peer-ca']);
      await expectSound(cwd);
      await rotate(cwd);
      if (phase === 'trust') await rotate(cwd);
    }
  });

  it('lets the other commands issue with the CA of the phase, and a new host trust both', async () => {
    const cwd = await generated();
    await rotate(cwd);
    const [old, fresh] = signing(cwd, 'ca');
    expect((await runCli(['replace', 'bundle', 'e3'], { cwd, now: NOW + DAY })).exitCode).toBe(0);
    expect(trustedOn(cwd, 'e3')[0]).toEqual([old, fresh]);
    expect(await signersIn(cwd, 'e3')).toEqual(['ca', 'peer-ca']);
    expect(signing(cwd, 'ca')).toEqual([old, fresh]);
    expect(authorityFiles(cwd)).toContain('ca.next.key');
    await expectSound(cwd);
    await rotate(cwd);
    expect((await runCli(['renew', 'bundle', '--all'], { cwd, now: NOW + DAY })).exitCode).toBe(0);
    expect(await signersIn(cwd, 'admin')).toEqual(['ca']);
    expect(signing(cwd, 'ca')).toEqual([fresh, old]);
    await expectSound(cwd);
    expect((await runCli(['replace', 'bundle', 'e1'], { cwd, now: NOW + DAY })).exitCode).toBe(0);
    expect(trustedOn(cwd, 'e1')[0]).toEqual([old, fresh]);
    await rotate(cwd);
    expect(trustedOn(cwd, 'e1')[0]).toEqual([fresh]);
    await expectSound(cwd);
  });

  it("gives members that have the CA's key the new one as the old one goes", async () => {
    const cwd = await generated(`${CLUSTER}certificates: {caKeyOn: [e1]}\n`);
    const keysOn = (): readonly string[] =>
      manifestIn(cwd)
        .hosts.flatMap(({ files }) => files)
        .filter(({ kind }) => kind === 'authority-key')
        .map(({ sha256 }) => sha256);
    const before = keysOn();
    await rotate(cwd);
    await rotate(cwd);
    expect(keysOn()).toEqual(before);
    await rotate(cwd);
    expect(keysOn()).toHaveLength(before.length);
    for (const digest of keysOn()) expect(before).not.toContain(digest);
    // That the keys are there is a warning.
    await expectSound(cwd, /^error/m);
  });

  it('needs the key of the CA that is to sign', async () => {
    const cwd = await generated(KUBEADM);
    await rotate(cwd);
    const key = join(cwd, 'bundle/ca/ca.next.key');
    const kept = readFileSync(key);
    rmSync(key);
    expect(await refusal(cwd, 'rotate-ca', 'bundle')).toBe('authority-missing');
    writeFileSync(key, kept);
    await rotate(cwd);
    rmSync(join(cwd, 'bundle/ca/ca.former.key'));
    expect(await refusal(cwd, 'rotate-ca', 'bundle', '--back')).toBe('authority-missing');
  });

  it('prints what is published, and writes nothing where it is only asked', async () => {
    const cwd = await generated();
    const before = readdirSync(cwd);
    const { stdout } = await runCli(['rotate-ca', 'bundle', '--dry-run', '--json'], { cwd });
    isPublished(JSON.parse(stdout));
    expect(JSON.parse(stdout)).toMatchObject({
      action: 'rotate-ca',
      rotation: { ids: ['ca', 'peer-ca'], direction: 'forward', phase: 'trust' },
    });
    expect(readdirSync(cwd)).toEqual(before);
  });

  it('refuses what it cannot do, and says what to do instead', async () => {
    const plain = await generated(`${CLUSTER}certificates: {tls: none}\n`);
    expect(await refusal(plain, 'rotate-ca', 'bundle')).toBe('no-such-authority');
    const cwd = await generated();
    const brought = await generated();
    writeFileSync(
      join(brought, 'brought.yaml'),
      `${CLUSTER}certificates: {ca: {certificate: bundle/ca/ca.crt, key: bundle/ca/ca.key}}\n`,
    );
    const made = await runCli(['generate', 'brought.yaml', '--out', 'second'], { cwd: brought });
    expect(made.exitCode, made.stderr).toBe(0);
    expect(await refusal(brought, 'rotate-ca', 'second')).toBe('brought-authority');
    const usage = await runCli(['rotate-ca', 'bundle', '--back', '--at-once'], { cwd });
    expect(usage.exitCode).toBe(2);
    expect((await runCli(['rotate-ca'], { cwd })).exitCode).toBe(2);
    expect((await runCli(['rotate-ca', 'bundle', 'more'], { cwd })).exitCode).toBe(2);
  });
});
