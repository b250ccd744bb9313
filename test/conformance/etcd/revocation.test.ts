import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { readManifest } from '../../../src/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { loopbackCluster } from '../../support/loopback.js';
import { runCli } from '../../unit/cli/fake-io.js';

const PRESETS = ['hardened', 'kubeadm', 'shared-certificate'];

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `etcd ${release} with revocation lists`, (program) => {
    it.each(PRESETS)(
      'refuses who is listed at its next connection, and nobody else: %s',
      async (preset) => {
        const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-revoked-'));
        onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
        const address = (await loopbackCluster())(1);
        const pki = join(folder, 'pki');
        const document = {
          preset,
          members: [{ name: 'e1', address }],
          clients: [{ name: 'app' }, { name: 'other' }],
          etcd: { version: release, dataDir: join(folder, 'data'), metricsUrls: [], config: 'flags' },
          certificates: { key: 'ecdsa-p256', directory: pki, revocation: true },
        };
        writeFileSync(join(folder, 'cluster.json'), JSON.stringify(document));
        const run = async (...words: readonly string[]): Promise<void> =>
          expect((await runCli(words, { cwd: folder, now: Math.floor(Date.now() / 1000) })).exitCode).toBe(0);
        /** What the tarballs of the bundle have, the member's files where it looks for them. */
        const extract = (): void => {
          for (const name of ['e1', 'admin', 'client-app', 'client-other'])
            try {
              execFileSync(
                'tar',
                ['-xzf', join(folder, `bundle/${name}.tar.gz`), '-C', folder, '--no-same-owner'],
                {
                  stdio: 'pipe',
                },
              );
            } catch {
              // This generation has nothing for it.
            }
          execFileSync('cp', ['-rT', join(folder, pki), pki]);
        };
        await run('generate', 'cluster.json', '--out', 'bundle');
        extract();
        const units = join(folder, 'etc/systemd/system');
        const unit = readdirSync(units)
          .map((name) => readFileSync(join(units, name), 'utf8'))
          .join('');
        const flags = [...unit.matchAll(/(--[a-z-]+(?:=[^\s"'\\]+)?)/g)].flatMap(([, flag]) => flag ?? []);
        expect(flags.filter((flag) => /^--(?:client|peer)-crl-file=/.test(flag))).toHaveLength(2);
        const member: ChildProcess = spawn(program(`etcd-${release}`).path, flags, {
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        onTestFinished(() => void member.kill('SIGKILL'));
        let log = '';
        member.stderr?.on('data', (chunk: Buffer) => {
          log += chunk.toString();
        });
        const put = (name: string): string => {
          const place = join(folder, name === 'admin' ? 'etc/etcd/admin' : `etc/etcd/clients/${name}`);
          const pair = [
            `--cacert=${place}/ca.crt`,
            `--cert=${place}/client.crt`,
            `--key=${place}/client.key`,
          ];
          const words = [
            `--endpoints=https://${address}:2379`,
            '--command-timeout=3s',
            ...pair,
            'put',
            'key',
            'value',
          ];
          try {
            return execFileSync(join(dirname(program(`etcd-${release}`).path), 'etcdctl'), words, {
              encoding: 'utf8',
              stdio: 'pipe',
              env: { ETCDCTL_API: '3' },
            }).trim();
          } catch {
            return 'refused';
          }
        };
        await expect.poll(() => put('admin'), { timeout: 30_000, interval: 200 }).toBe('OK');
        expect([put('app'), put('other')]).toEqual(['OK', 'OK']);
        const serial = readManifest(
          readFileSync(join(folder, 'bundle/bundle.json'), 'utf8'),
        )?.certificates.find(({ id }) => id === 'client/app')?.serialNumber;
        await run('revoke', 'bundle', 'client/app');
        extract();
        expect([put('app'), put('other'), put('admin')]).toEqual(['refused', 'OK', 'OK']);
        await expect.poll(() => log, { timeout: 20_000 }).toContain(`certificate serial ${serial} revoked`);
        await run('renew', 'bundle', '--all', '--member', 'client-app');
        extract();
        expect([put('app'), put('other')]).toEqual(['OK', 'OK']);
        await run('renew', 'bundle', '--all');
        extract();
        expect([put('app'), put('other'), put('admin')]).toEqual(['OK', 'OK', 'OK']);
      },
      90_000,
    );
  });
}
