import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import type { Verification } from '../../../src/verify/finding.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { makeFolder, NOW, runCli } from '../../unit/cli/fake-io.js';

const MEMBERS = 'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}]';
const CLUSTERS = [
  { name: 'hardened', pki: '/etc/etcd/pki', document: MEMBERS },
  {
    name: 'kubeadm',
    pki: '/etc/kubernetes/pki/etcd',
    document: `preset: kubeadm\ncertificates: {key: ecdsa-p256}\n${MEMBERS}`,
  },
  {
    name: 'environment and another account',
    pki: '/etc/etcd/pki',
    document: `etcd: {config: environment}\nsystemd: {user: etcd, group: keys, uid: 2379, gid: 2380}\n${MEMBERS}`,
  },
] as const;
const LATER = NOW + 3600;

describeWithPrograms(['systemd-analyze'], 'verify --against', () => {
  // Only root gives files to others.
  it.skipIf(process.getuid?.() !== 0).each(CLUSTERS)(
    'agrees with hosts that GNU tar, systemd-sysusers and systemd-tmpfiles made, and tells what was done to them: $name',
    async ({ pki, document }) => {
      const cwd = makeFolder({ 'cluster.yaml': document });
      await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd, now: NOW });
      const root = (host: string): string => join(cwd, 'mnt', host);
      /** What the runbook has one do, but for starting it. */
      const install = (host: string, tarball: string): void => {
        execFileSync('tar', ['-xzf', join(cwd, 'out', `${tarball}.tar.gz`), '-C', root(host)]);
        execFileSync('systemd-sysusers', [`--root=${root(host)}`], { stdio: 'pipe' });
        execFileSync('systemd-tmpfiles', ['--create', `--root=${root(host)}`], { stdio: 'pipe' });
      };
      for (const host of ['e1', 'e2']) {
        mkdirSync(join(root(host), 'etc'), { recursive: true });
        writeFileSync(
          join(root(host), 'etc/passwd'),
          'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
        );
        writeFileSync(join(root(host), 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
        install(host, host);
      }
      const told = async (...hosts: readonly string[]) => {
        const { stdout } = await runCli(['verify', '--against', 'out', ...hosts.map(root), '--json'], {
          cwd,
          now: LATER,
        });
        const { findings }: Verification = JSON.parse(stdout);
        return findings
          .filter(({ rule }) => rule.startsWith('host-'))
          .map(({ rule, member, path }) => `${rule} ${member} ${path}`);
      };
      expect(await told('e1', 'e2')).toEqual([]);

      const renewed = await runCli(['renew', 'out', '--all'], { cwd, now: LATER });
      expect(renewed.exitCode, renewed.stderr).toBe(0);
      const before = await told('e1', 'e2');
      expect(new Set(before.map((line) => line.split(' ')[0]))).toEqual(new Set(['host-generation']));
      expect(before).toContain(`host-generation e2 ${pki}/server.crt`);
      install('e1', 'e1');
      const half = await told('e1', 'e2');
      expect(half).toEqual(before.filter((line) => line.includes(' e2 ')));
      install('e2', 'e2');
      expect(await told('e1', 'e2')).toEqual([]);

      execFileSync('chmod', ['0644', join(root('e1'), pki, 'server.key')]);
      execFileSync('chown', ['65534:65534', join(root('e1'), pki, 'server.crt')]);
      rmSync(join(root('e1'), 'etc/systemd/system/etcd.service'));
      expect((await told('e1')).toSorted()).toEqual([
        'host-files e1 /etc/systemd/system/etcd.service',
        `host-modes e1 ${pki}/server.crt`,
        `host-modes e1 ${pki}/server.key`,
      ]);
      install('e2', 'e1');
      expect(await told('e2')).toEqual([expect.stringMatching(/^host-identity e2 \//)]);
    },
    60_000,
  );
});
