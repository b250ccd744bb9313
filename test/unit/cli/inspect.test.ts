import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../../src/node/inspect/inspect.js';
import { CLUSTER, makeFolder, NOW, runCli } from './fake-io.js';

async function bundle(): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
  await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
  return cwd;
}

async function inspectJson(cwd: string, path: string): Promise<Inspection> {
  return JSON.parse((await runCli(['inspect', path, '--json'], { cwd })).stdout);
}

describe('inspect', () => {
  it('lists every file of a bundle as its manifest has it, and every certificate once', async () => {
    const cwd = await bundle();
    const manifest = JSON.parse(readFileSync(join(cwd, 'out/bundle.json'), 'utf8'));
    const { files, certificates, issues } = await inspectJson(cwd, 'out');
    expect(issues).toEqual([]);
    for (const host of manifest.hosts) {
      const listed = files.filter((file) => file.tarball === host.tarball.path);
      expect(listed.map(({ path, mode, owner, kind }) => [`/${path}`, mode, owner, kind])).toEqual(
        host.files.map(({ path, mode, owner, kind }: Record<string, string>) => [path, mode, owner, kind]),
      );
    }
    const known = ({
      subject,
      issuer,
      serialNumber,
      altNames,
      keyUsage,
      extendedKeyUsage,
      key,
      notBefore,
      notAfter,
      fingerprint,
    }: Record<string, unknown>) => ({
      subject,
      issuer,
      serialNumber: BigInt(`0x${String(serialNumber)}`),
      altNames,
      keyUsage,
      extendedKeyUsage,
      key,
      notBefore,
      notAfter,
      fingerprint,
    });
    const byFingerprint = (a: { fingerprint: string }, b: { fingerprint: string }) =>
      a.fingerprint < b.fingerprint ? -1 : 1;
    expect(certificates.toSorted(byFingerprint).map((certificate) => known({ ...certificate }))).toEqual(
      [
        ...manifest.certificates,
        ...manifest.authorities.flatMap((authority: { certificates: [] }) => authority.certificates),
      ]
        .toSorted(byFingerprint)
        .map(known),
    );
  });

  it('shows no private key, in no form', async () => {
    const cwd = await bundle();
    const key = readFileSync(join(cwd, 'out/ca/ca.key'), 'utf8');
    const secret = key.split('\n')[1] ?? '';
    expect(secret).toHaveLength(64);
    for (const path of ['out', 'out/e1.tar.gz', 'out/ca/ca.key']) {
      for (const form of [[], ['--json']]) {
        const { stdout, stderr } = await runCli(['inspect', path, ...form], { cwd });
        expect(stdout + stderr).not.toContain('PRIVATE');
        expect(stdout + stderr).not.toContain(secret.slice(0, 20));
      }
    }
    expect((await inspectJson(cwd, 'out/ca/ca.key')).files).toMatchObject([{ kind: 'private-key' }]);
  });

  it('counts the days that are left, and those that are over', async () => {
    const cwd = await bundle();
    const later = (days: number) => runCli(['inspect', 'out/e1.tar.gz'], { cwd, now: NOW + days * 86_400 });
    expect((await later(0)).stdout).toContain('365 days left');
    expect((await later(366)).stdout).toContain('expired 1 days ago');
  });

  it('tells what cannot be read, and shows the rest', async () => {
    const cwd = await bundle();
    writeFileSync(join(cwd, 'out/bad.crt'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    writeFileSync(join(cwd, 'out/bad.tar.gz'), Buffer.from([0x1f, 0x8b, 8, 0]));
    const { exitCode, stdout, stderr } = await runCli(['inspect', 'out'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('CN=etcd-ca');
    expect(stderr).toMatch(
      /^bad\.crt: It contains a certificate that Go, and so etcd, cannot read: x509: malformed certificate\. .*\nbad\.tar\.gz: It cannot be unpacked/,
    );
  });

  it('follows no link out of a folder', async () => {
    const cwd = makeFolder({ 'secret.txt': 'x' });
    const inner = makeFolder();
    symlinkSync(join(cwd, 'secret.txt'), join(inner, 'link'));
    expect((await inspectJson(inner, '.')).files).toEqual([]);
  });

  it('ends with 1 where there is nothing', async () => {
    expect(await runCli(['inspect', 'gone'], { cwd: makeFolder() })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/gone: There is nothing there\. Check the path\. \[no-such-file\]\n$/),
    });
  });
});
