import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ETCD_RELEASES, type EtcdRelease } from '../../../src/etcd-releases.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { buildCluster } from '../../support/cluster.js';
import { loopbackCluster } from '../../support/loopback.js';
import { putAll } from '../../support/put-files.js';
import { READY } from './etcd-process.js';

const documentOf = (release: EtcdRelease, address: string): string => `members:
  - name: e1
    address: ${address}
    listenClientUrls: ["https://${address}:2379", "unix:///run/etcd/etcd.sock", "unixs:///run/etcd/secure.sock"]
etcd: {version: "${release}", metricsUrls: ["http://${address}:2381"]}
`;
const HEALTHY = /is healthy/;

for (const release of ETCD_RELEASES.filter((name) => name !== '3.4')) {
  describeWithPrograms(
    [`etcd-${release}`, `etcdctl-${release}`],
    `unix sockets, etcd ${release}`,
    (program) => {
      const etcdctl = program(`etcdctl-${release}`).path;
      let folder = '';
      let stop = (): void => undefined;

      beforeAll(async () => {
        folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-sockets-'));
        stop = await startMember(program(`etcd-${release}`).path, folder, release);
      });
      afterAll(() => {
        stop();
        rmSync(folder, { recursive: true, maxRetries: 5 });
      });

      const health = (socket: string, words: readonly string[]): Promise<string> =>
        new Promise((resolve) => {
          execFile(
            etcdctl,
            [`--endpoints=${socket}`, ...words, '--command-timeout=2s', 'endpoint', 'health'],
            (_, stdout, stderr) => resolve(`${stdout}${stderr}`),
          );
        });
      const pair = (): readonly string[] => [
        `--cacert=${folder}/etc/etcd/pki/ca.crt`,
        `--cert=${folder}/etc/etcd/pki/healthcheck-client.crt`,
        `--key=${folder}/etc/etcd/pki/healthcheck-client.key`,
      ];

      it('answer clients without a certificate, and not those with one', async () => {
        const socket = `unix://${folder}/run/etcd.sock`;
        expect(await health(socket, [])).toMatch(HEALTHY);
        expect(await health(socket, pair())).not.toMatch(HEALTHY);
      });

      it('answer over TLS, by the name of their file, clients with a certificate alone', async () => {
        const socket = `unixs://${folder}/run/secure.sock`;
        expect(await health(socket, pair())).toMatch(HEALTHY);
        expect(await health(socket, pair().slice(0, 1))).not.toMatch(HEALTHY);
      });

      it('are for nobody but the account where the umask says so', () => {
        expect(statSync(join(folder, 'run/etcd.sock')).mode & 0o777).toBe(0o700);
      });
    },
  );
}

/** The member of the bundle, all of it below a folder. */
async function startMember(binary: string, folder: string, release: EtcdRelease): Promise<() => void> {
  const address = (await loopbackCluster())(1);
  const { bundles } = await buildCluster(documentOf(release, address));
  const files = bundles.get('e1')?.files ?? [];
  putAll(folder, files);
  mkdirSync(join(folder, 'run'));
  const unit = new TextDecoder().decode(files.find(({ path }) => path.endsWith('.service'))?.bytes);
  const words = (unit.match(/--\S+=\S+/g) ?? []).map((word) =>
    word.replaceAll('//run/etcd/', `/${folder}/run/`).replace(/=(\/(?:etc|var)\/)/, `=${folder}$1`),
  );
  const before = process.umask(0o077);
  const child = spawn(binary, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  process.umask(before);
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (READY.test(output)) resolve();
    });
    child.on('close', () => reject(new Error(output)));
  });
  return () => void child.kill('SIGKILL');
}
