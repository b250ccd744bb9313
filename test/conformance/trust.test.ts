import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { issuePki, parseClusterSpec, planCertificates, renderBundles } from '../../src/index.js';
import { nodeCryptoProvider, readAuthority } from '../../src/node/index.js';
import { describeWithPrograms } from '../programs/describe.js';
import { makeChainedAuthority } from '../support/chained-authority.js';

const RELEASES = ['3.4', '3.5', '3.6', '3.7'] as const;

for (const release of RELEASES) {
  describeWithPrograms(
    [`etcd-${release}`, 'openssl'],
    `etcd ${release} with a supplied intermediate`,
    (program) => {
      it('lets in what the intermediate signed, and nothing that its root signed for others', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-trust-'));
        onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
        const { root, issuing, stranger } = makeChainedAuthority();
        const now = Math.floor(Date.now() / 1000);
        const ca = await readAuthority(issuing.certificate + root, issuing.key, 'certificates.ca', now);
        const spec = parseClusterSpec({
          members: [{ name: 'e1', address: '127.0.0.1' }],
          etcd: { version: release },
          certificates: { validity: { leaf: '240h' } },
        });
        const pki = await issuePki(spec, planCertificates(spec), {
          crypto: nodeCryptoProvider(),
          now,
          authorities: { ca },
        });
        for (const { name, files } of renderBundles(spec, pki))
          for (const { path, bytes } of files) put(join(folder, name, path), bytes);
        for (const [name, text] of Object.entries({
          'root.crt': root,
          'stranger.crt': stranger.certificate,
          'stranger.key': stranger.key,
        }))
          put(join(folder, name), text);
        const [client, peer] = [await freePort(), await freePort()];
        const pki1 = join(folder, 'e1/etc/etcd/pki');
        const url = `https://127.0.0.1:${client}`;
        const member = spawn(
          program(`etcd-${release}`).path,
          [
            `--data-dir=${join(folder, 'data')}`,
            `--listen-client-urls=${url}`,
            `--advertise-client-urls=${url}`,
            `--listen-peer-urls=http://127.0.0.1:${peer}`,
            `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
            `--initial-cluster=default=http://127.0.0.1:${peer}`,
            `--cert-file=${pki1}/server.crt`,
            `--key-file=${pki1}/server.key`,
            `--trusted-ca-file=${pki1}/ca.crt`,
            '--client-cert-auth',
          ],
          { stdio: 'ignore' },
        );
        onTestFinished(() => void member.kill('SIGKILL'));
        const etcdctl = (cacert: string, pair: string): string => {
          const files = [`--cacert=${cacert}`, `--cert=${pair}.crt`, `--key=${pair}.key`];
          const argv = [`--endpoints=${url}`, '--command-timeout=3s', ...files, 'put', 'key', 'value'];
          const path = join(dirname(program(`etcd-${release}`).path), 'etcdctl');
          try {
            return execFileSync(path, argv, {
              encoding: 'utf8',
              stdio: 'pipe',
              env: { ETCDCTL_API: '3' },
            }).trim();
          } catch {
            return 'refused';
          }
        };
        const admin = join(folder, 'admin/etc/etcd/admin');
        const own = join(admin, 'client');
        await expect
          .poll(() => etcdctl(join(admin, 'ca.crt'), own), { timeout: 20_000, interval: 200 })
          .toBe('OK');
        // A client elsewhere that knows the company's root alone follows the chain that the server sends.
        expect(etcdctl(join(folder, 'root.crt'), own)).toBe('OK');
        expect(etcdctl(join(folder, 'root.crt'), join(folder, 'stranger'))).toBe('refused');
      }, 60_000);
    },
  );
}

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
