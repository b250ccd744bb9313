import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectPublished } from '../../support/published-schema.js';
import { CLUSTER, NOW, runCli } from './fake-io.js';
import { generated, manifestIn } from './generated.js';

const DAY = 86_400;
const isPublished = expectPublished('update');

function authorityIn(cwd: string, name: string): X509Certificate {
  return new X509Certificate(readFileSync(join(cwd, 'bundle/ca', `${name}.crt`)));
}

async function codeOf(cwd: string, ...argv: readonly string[]): Promise<string> {
  return codeAt(NOW + DAY, cwd, ...argv);
}

async function codeAt(now: number, cwd: string, ...argv: readonly string[]): Promise<string> {
  const outcome = await runCli(['renew', 'bundle', ...argv, '--json'], { cwd, now });
  expect(outcome.exitCode).toBe(1);
  return JSON.parse(outcome.stdout).issues[0].code;
}

describe('renew of a CA', () => {
  it.each([CLUSTER, `preset: kubeadm\n${CLUSTER}certificates: {key: ecdsa-p256}\n`])(
    'gives it a later end with its own key and name, and leaves the pairs as they are',
    async (document) => {
      const cwd = await generated(document);
      const before = manifestIn(cwd);
      const former = authorityIn(cwd, 'ca');
      const later = NOW + 100 * DAY;
      const { exitCode, stdout, stderr } = await runCli(['renew', 'bundle', '--role', 'ca', '--all'], {
        cwd,
        now: later,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^e1–e3 +CA ca +a later end, with its own key +restart/m);
      expect(stdout).toMatch(/^admin +CA ca +a later end, with its own key +copy, no restart$/m);
      const after = authorityIn(cwd, 'ca');
      expect(after.publicKey.equals(former.publicKey)).toBe(true);
      expect([after.subject, after.keyUsage]).toEqual([former.subject, former.keyUsage]);
      expect(after.subjectAltName).toBe(former.subjectAltName);
      expect(Date.parse(after.validTo) - Date.parse(former.validTo)).toBe(100 * DAY * 1000);
      expect(after.verify(after.publicKey)).toBe(true);
      const manifest = manifestIn(cwd);
      expect(manifest.certificates).toEqual(before.certificates);
      const [ca] = manifest.authorities;
      expect(ca).toMatchObject({ id: 'ca', phase: 'settled' });
      expect(ca?.certificates.map(({ origin, generation }) => [origin, generation])).toEqual([
        ['issued', 2],
        ['issued', 1],
      ]);
      expect(ca?.certificates[0]?.publicKey).toBe(ca?.certificates[1]?.publicKey);
      expect(existsSync(join(cwd, 'bundle/admin.tar.gz'))).toBe(true);
      const verified = await runCli(['verify', 'bundle', 'bundle.previous-1'], { cwd, now: later });
      expect(verified.stdout).not.toMatch(/^(?:error|warning)/m);
      expect((await runCli(['renew', 'bundle', '--all'], { cwd, now: later })).exitCode).toBe(0);
      expect((await runCli(['rotate-ca', 'bundle'], { cwd, now: later })).exitCode).toBe(0);
    },
  );

  it('does so only where it ends soon, unless all is asked for', async () => {
    const cwd = await generated();
    const { stdout } = await runCli(['renew', 'bundle', '--role', 'ca', '--role', 'peer-ca'], {
      cwd,
      now: NOW + DAY,
    });
    expect(stdout).toContain('Nothing is due');
    const within = ['renew', 'bundle', '--role', 'peer-ca', '--within', '100000h', '--json'];
    const outcome = await runCli(within, { cwd, now: NOW + 9 * 365 * DAY });
    expect(outcome.exitCode, outcome.stdout).toBe(0);
    isPublished(JSON.parse(outcome.stdout));
    expect(JSON.parse(outcome.stdout)).toMatchObject({ extended: ['peer-ca'], certificates: [] });
    expect(existsSync(join(cwd, 'bundle/admin.tar.gz'))).toBe(false);
  });

  it('goes before a rotation, which ends as ever', async () => {
    const cwd = await generated();
    const run = async (...argv: readonly string[]): Promise<void> =>
      expect(await runCli([...argv, 'bundle'], { cwd, now: NOW + DAY })).toMatchObject({
        exitCode: 0,
        stderr: '',
      });
    await run('renew', '--role', 'ca', '--role', 'peer-ca', '--all');
    const extended = authorityIn(cwd, 'ca');
    for (const phase of ['trust', 'reissue', 'settled']) {
      await run('rotate-ca');
      expect(manifestIn(cwd).authorities.map((authority) => authority.phase)).toEqual([phase, phase]);
    }
    expect(authorityIn(cwd, 'ca').publicKey.equals(extended.publicKey)).toBe(false);
    const former = ['bundle', ...[1, 2, 3, 4].map((generation) => `bundle.previous-${generation}`)];
    const verified = await runCli(['verify', ...former], { cwd, now: NOW + DAY });
    expect(verified.stdout).not.toMatch(/^(?:error|warning)/m);
  });

  it('is refused for one that has ended, of which no pair is taken any more', async () => {
    expect(await codeAt(NOW + 20 * 365 * DAY, await generated(), '--role', 'ca')).toBe('authority-ended');
  });

  it('is refused together with pairs, while the CA is being exchanged, and for one that was brought', async () => {
    const cwd = await generated();
    expect(await codeOf(cwd, '--role', 'ca', '--role', 'peer')).toBe('authorities-alone');
    expect(await codeOf(cwd, '--role', 'ca', '--member', 'e1')).toBe('authorities-alone');
    expect((await runCli(['rotate-ca', 'bundle'], { cwd, now: NOW + DAY })).exitCode).toBe(0);
    expect(await codeOf(cwd, '--role', 'ca', '--all')).toBe('rotation-under-way');
  });
});
