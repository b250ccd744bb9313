import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { memberSettings } from '../../src/bundle/service-files.js';
import { renderFlags } from '../../src/etcd/setting/render/flags.js';
import { ETCD_RELEASES } from '../../src/etcd-releases.js';
import {
  type IssuedPair,
  issuePki,
  parseClusterSpec,
  planCertificates,
  renderBundles,
} from '../../src/index.js';
import { nodeCryptoProvider, readAuthority } from '../../src/node/index.js';
import { describeWithPrograms } from '../programs/describe.js';
import { makeChainedAuthority } from '../support/chained-authority.js';
import { buildCluster } from '../support/cluster.js';
import { FURTHER_FILE, makeFurtherAuthority } from '../support/further-authority.js';
import { loopbackCluster } from '../support/loopback.js';
import { put, putAll } from '../support/put-files.js';

const [CLIENT_PORT, PEER_PORT] = [2379, 2380];

for (const release of ETCD_RELEASES) {
  describeWithPrograms(
    [`etcd-${release}`, 'openssl'],
    `etcd ${release} with a supplied intermediate`,
    (program) => {
      it('lets in what the intermediate signed, and nothing that its root signed for others', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-trust-'));
        onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
        const { root, issuing, stranger } = makeChainedAuthority();
        const now = Math.floor(Date.now() / 1000);
        const address = (await loopbackCluster())(1);
        const ca = await readAuthority(issuing.certificate + root, issuing.key, 'certificates.ca', now);
        const spec = parseClusterSpec({
          members: [{ name: 'e1', address }],
          etcd: { version: release },
          certificates: { validity: { leaf: '240h' } },
        });
        const pki = await issuePki(spec, planCertificates(spec), {
          crypto: nodeCryptoProvider(),
          now,
          authorities: { ca },
        });
        for (const { name, files } of renderBundles(spec, pki)) putAll(join(folder, name), files);
        for (const [name, text] of Object.entries({
          'root.crt': root,
          'stranger.crt': stranger.certificate,
          'stranger.key': stranger.key,
        }))
          put(join(folder, name), text);
        const pki1 = join(folder, 'e1/etc/etcd/pki');
        const [url, peerUrl] = [`https://${address}:${CLIENT_PORT}`, `http://${address}:${PEER_PORT}`];
        const member = spawn(
          program(`etcd-${release}`).path,
          [
            `--data-dir=${join(folder, 'data')}`,
            `--listen-client-urls=${url}`,
            `--advertise-client-urls=${url}`,
            `--listen-peer-urls=${peerUrl}`,
            `--initial-advertise-peer-urls=${peerUrl}`,
            `--initial-cluster=default=${peerUrl}`,
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

for (const release of ETCD_RELEASES) {
  describeWithPrograms(
    [`etcd-${release}`],
    `etcd ${release} that trusts a further CA of clients`,
    (program) => {
      it.each(['hardened', 'kubeadm'])(
        'lets in its clients, of no other of that name, and takes none of them for a peer: %s',
        async (preset) => {
          const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-further-'));
          onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
          const now = Math.floor(Date.now() / 1000);
          const [further, namesake] = [await makeFurtherAuthority(now), await makeFurtherAuthority(now)];
          // Another cluster of ours has a CA of the same name as this one's.
          const neighbour = await makeFurtherAuthority(now, 'etcd-ca');
          const address = (await loopbackCluster())(1);
          const document = {
            preset,
            members: [{ name: 'e1', address }],
            etcd: { version: release, dataDir: join(folder, 'data'), metricsUrls: [] },
            certificates: {
              key: 'ecdsa-p256',
              directory: join(folder, 'pki'),
              commonNames: { ca: 'etcd-ca' },
              trust: [FURTHER_FILE],
            },
          };
          const built = await buildCluster(JSON.stringify(document), {
            trust: [...further.trust, ...neighbour.trust],
          });
          for (const { name, files } of built.bundles.values())
            for (const { path, bytes } of files)
              put(
                name === 'e1' && `/${path}`.startsWith(folder) ? `/${path}` : join(folder, name, path),
                bytes,
              );
          const [member] = built.spec.members;
          if (member === undefined) throw new Error('no member');
          const settings = memberSettings(built.spec, member, built.pki);
          const etcd = spawn(program(`etcd-${release}`).path, renderFlags(settings).map(String), {
            stdio: 'ignore',
          });
          onTestFinished(() => void etcd.kill('SIGKILL'));

          const reach = (port: number, { certificate, privateKey }: IssuedPair): Promise<string> =>
            requestWith({
              host: address,
              port,
              path: '/version',
              ca: built.pki.authorities.map((authority) => authority.certificate),
              cert: certificate,
              key: privateKey,
            });
          const own = (...roles: readonly string[]): IssuedPair => {
            const [leaf] = roles.flatMap(
              (role) => built.pki.leaves.find(({ plan }) => plan.role === role) ?? [],
            );
            if (leaf === undefined) throw new Error(`no ${roles.join(' or ')}`);
            return leaf;
          };
          await expect
            .poll(() => reach(CLIENT_PORT, own('admin')), { timeout: 20_000, interval: 200 })
            .toMatch(/etcdserver/);
          expect(await reach(CLIENT_PORT, further.client)).toMatch(/etcdserver/);
          expect(await reach(CLIENT_PORT, neighbour.client)).toMatch(/etcdserver/);
          expect(await reach(CLIENT_PORT, namesake.client)).toBe('refused');
          expect(await reach(PEER_PORT, own('peer-client', 'peer'))).toMatch(/etcdserver/);
          expect(await reach(PEER_PORT, further.peer)).toBe('refused');
          expect(await reach(PEER_PORT, neighbour.peer)).toBe('refused');
        },
        60_000,
      );
    },
  );
}

function requestWith(options: RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ ...options, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(text));
    });
    asked.on('error', () => resolve('refused'));
    asked.end();
  });
}
