import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { readManifest } from '../../src/index.js';
import { describeWithHosts } from '../programs/describe.js';
import { askApiServer, readiness } from '../support/api-server.js';
import {
  generateOnDisk,
  giveToOperator,
  installControlPlane,
  leaderLast,
  runBlock,
  seconds,
  serials,
  startWithEnded,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { installKubelet, startApiServer } from '../support/kubelet.js';
import { isWhole } from '../support/long-tests.js';
import type { RunbookBlock } from '../support/runbook-steps.js';
import { expectKept, startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';
import type { Host } from './host.js';

const MEMBERS =
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]\n';
const KUBEADM = `preset: kubeadm\n${MEMBERS}kubernetes: {version: "1.36"}\n`;
const OBJECT = '/api/v1/namespaces/default/configmaps';
const HOUR = 3600;

async function down(cluster: HostCluster<Written> | undefined): Promise<void> {
  await cluster?.hosts.down();
  if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
}

/** Makes the next generation, and gives the blocks of its runbook in the order in which they are run. */
async function rotate(
  cluster: HostCluster<Written>,
  ...options: readonly string[]
): Promise<readonly RunbookBlock[]> {
  const outcome = await runCli(['rotate-ca', cluster.built.folder, ...options], { now: seconds() });
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  const blocks = await giveToOperator(cluster);
  return leaderLast(cluster, blocks);
}

async function run(
  cluster: HostCluster<Written>,
  blocks: readonly RunbookBlock[],
  afterEach: () => Promise<void> = async () => {},
): Promise<void> {
  for (const block of blocks) {
    await runBlock(cluster, block);
    await afterEach();
  }
}

function isAbout(name: string): (block: RunbookBlock) => boolean {
  return ({ title, kind }) => kind !== 'back' && title.startsWith('New files for ') && title.includes(name);
}

function phases({ built }: HostCluster<Written>): readonly (string | undefined)[] {
  const manifest = readManifest(readFileSync(join(built.folder, 'bundle.json'), 'utf8'));
  return manifest?.authorities.map(({ phase }) => phase) ?? [];
}

/** That the commands before the first step do not all succeed. */
async function expectShut(cluster: HostCluster<Written>, [before]: readonly RunbookBlock[]): Promise<void> {
  if (before === undefined) throw new Error('no steps');
  await expect(runBlock(cluster, before)).rejects.toThrow('Before');
}

/** Extracts what a host had in generation 1 beside what is in use. */
async function extractFormer(
  { built }: HostCluster<Written>,
  name: string,
  host: Host | undefined,
): Promise<string> {
  const folder = `/root/former-${name}`;
  await host?.put(join(`${built.folder}.previous-1`, `${name}.tar.gz`), `${folder}.tar.gz`, 0o600);
  await host?.must(`mkdir -p ${folder} && tar -xzf ${folder}.tar.gz -C ${folder}`);
  return folder;
}

/** Pairs of the first generation are let in nowhere. */
async function expectFormerRefused(cluster: HostCluster<Written>): Promise<void> {
  const { built, members } = cluster;
  const [first, second] = members;
  const { certificates } = readManifest(
    readFileSync(join(`${built.folder}.previous-1`, 'bundle.json'), 'utf8'),
  ) ?? { certificates: [] };
  const variables = `set -a; . ${built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
  const admin = certificates.find(({ role }) => role === 'admin');
  const folder = await extractFormer(cluster, 'admin', first);
  const health = 'etcdctl endpoint health --command-timeout=3s';
  expect((await first?.run(`${variables}; ${health}`))?.code).toBe(0);
  const pair = `ETCDCTL_CERT=${folder}${admin?.path} ETCDCTL_KEY=${folder}${admin?.keyPath}`;
  const answer = await first?.run(`${variables}; ${pair} ${health}`);
  expect(answer?.code).not.toBe(0);
  // What it dials with.
  const peer =
    certificates.find(({ id }) => id === 'peer-client/e2') ?? certificates.find(({ id }) => id === 'peer/e2');
  const former = await extractFormer(cluster, 'e2', second);
  const ask = (root: string): string =>
    `printf 'GET /version HTTP/1.0\\r\\n\\r\\n' | openssl s_client -quiet -connect 10.1.1.3:2380 -cert ${root}${peer?.path} -key ${root}${peer?.keyPath} 2>/dev/null`;
  expect((await second?.run(ask(former)))?.stdout).not.toContain('etcdserver');
  expect((await second?.run(ask('')))?.stdout).toContain('etcdserver');
}

/**
 * One generation under writers of its own: a client that reads its CA file once is started again with the others, and so are they.
 *
 * @param changes - of leader
 */
async function underWriters(
  cluster: HostCluster<Written>,
  program: string,
  { title, changes }: { readonly title: string; readonly changes: number },
  work: () => Promise<void>,
): Promise<void> {
  const [first] = cluster.members;
  if (first === undefined) throw new Error('no members');
  const environment = `${cluster.built.spec.cluster.directory}/admin/etcdctl.env`;
  const writers = await startWriters(first, program, environment);
  await work();
  const { fresh, long } = await writers.stop();
  console.log(`${title}: ${JSON.stringify({ fresh, long })}`);
  expectKept([fresh, long], changes);
  expect(fresh.acknowledged + long.acknowledged).toBeGreaterThan(0);
}

const CLUSTERS: readonly { readonly release: EtcdRelease }[] = [
  { release: '3.7' },
  ...(isWhole ? ([{ release: '3.5' }, { release: '3.6' }] as const) : []),
];

describeWithHosts(
  ['etcd-3.5', 'etcd-3.6', 'etcd-3.7', 'etcd-writer', 'kube-apiserver-1.36'],
  'the rotation of a CA on real hosts',
  (program) => {
    describe.each(CLUSTERS)('hardened with etcd $release', ({ release }) => {
      let cluster: HostCluster<Written>;

      beforeAll(async () => {
        const built = await generateOnDisk(MEMBERS, release, seconds());
        cluster = await startBuilt(`rotation hardened ${release}`, built, release);
      }, 120_000);
      afterAll(async () => down(cluster));

      it('costs no write, forth and back; a gate is shut where a host was forgotten; the old pairs are refused', {
        timeout: 900_000,
      }, async () => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        const under = (title: string, changes: number, blocks: readonly RunbookBlock[]) =>
          underWriters(cluster, program('etcd-writer').path, { title, changes }, () => run(cluster, blocks));
        const old = await serials(cluster);

        await under('trust', 1, await rotate(cluster));
        expect(phases(cluster)).toEqual(['trust', 'trust']);
        await under('back from trust', 1, await rotate(cluster, '--back'));
        expect(phases(cluster)).toEqual(['settled', 'settled']);

        const trust = await rotate(cluster);
        const isOfE3 = isAbout('e3');
        await under(
          'trust but on e3',
          1,
          trust.filter((block) => !isOfE3(block)),
        );
        const reissued = await rotate(cluster);
        await expectShut(cluster, reissued);
        await under('trust on e3', 1, trust.filter(isOfE3));
        await under('reissue', 0, reissued);
        expect(phases(cluster)).toEqual(['reissue', 'reissue']);
        for (const serial of await serials(cluster)) expect(old).not.toContain(serial);

        await under('back from reissue', 0, await rotate(cluster, '--back'));
        expect(phases(cluster)).toEqual(['trust', 'trust']);
        const reissue = await rotate(cluster);
        const isOfE2 = isAbout('e2');
        await under(
          'reissue but on e2',
          0,
          reissue.filter((block) => !isOfE2(block)),
        );
        const retire = await rotate(cluster);
        await expectShut(cluster, retire);
        // Its gate would look for the pair in a tarball that is set aside by now.
        await run(cluster, reissue.filter(isOfE2).slice(0, 1));
        await under('retire', 1, retire);
        expect(phases(cluster)).toEqual(['settled', 'settled']);
        await expectFormerRefused(cluster);
        // The others have the operator's first files.
        await cluster.etcdctl(first, 'endpoint health');
      });
    });

    describe.each(isWhole ? (['3.6'] as const) : [])('kubeadm with etcd %s', (release) => {
      let cluster: HostCluster<Written>;

      beforeAll(async () => {
        const built = await generateOnDisk(KUBEADM, release, seconds());
        cluster = await startBuilt(
          `rotation kubeadm ${release}`,
          built,
          release,
          undefined,
          [],
          installKubelet,
        );
        await installControlPlane(cluster);
      }, 120_000);
      afterAll(async () => down(cluster));

      it('keeps the API server connected, without the key of the old CA', { timeout: 900_000 }, async () => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        await startApiServer(first, program('kube-apiserver-1.36').path, '10.1.1.1');
        rmSync(join(cluster.built.folder, 'ca/ca.key'));
        for (const phase of ['trust', 'reissue', 'settled']) {
          const blocks = await rotate(cluster);
          const changes = phase === 'reissue' ? 0 : 1;
          await underWriters(
            cluster,
            program('etcd-writer').path,
            { title: `kubeadm: ${phase}`, changes },
            () =>
              run(cluster, blocks, async () => {
                expect(await readiness(first, 60_000), await first.journal('pod-kube-apiserver')).toBe('ok');
              }),
          );
          expect(phases(cluster)).toEqual([phase]);
          const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: phase } };
          const said = await askApiServer(first, 'POST', OBJECT, JSON.stringify(object));
          expect(said).toContain(`"name":"${phase}"`);
        }
        await expectFormerRefused(cluster);
        // The others have the operator's first files.
        await cluster.etcdctl(first, 'endpoint health');
      });
    });

    describe.each(isWhole ? (['3.5', '3.7'] as const) : [])(
      'hardened with etcd %s, whose CAs get a later end',
      (release) => {
        let cluster: HostCluster<Written>;

        beforeAll(async () => {
          const built = await generateOnDisk(MEMBERS, release, seconds());
          cluster = await startBuilt(`extended ${release}`, built, release);
        }, 120_000);
        afterAll(async () => down(cluster));

        it('costs no write, and takes the pairs of before and those of afterwards', {
          timeout: 400_000,
        }, async () => {
          const [first] = cluster.members;
          if (first === undefined) throw new Error('no members');
          const pairs = await serials(cluster);
          const renewed = async (...options: readonly string[]): Promise<readonly RunbookBlock[]> => {
            const outcome = await runCli(['renew', cluster.built.folder, ...options], { now: seconds() });
            expect(outcome.exitCode, outcome.stderr).toBe(0);
            return leaderLast(cluster, await giveToOperator(cluster));
          };
          const under = (title: string, changes: number, blocks: readonly RunbookBlock[]) =>
            underWriters(cluster, program('etcd-writer').path, { title, changes }, () =>
              run(cluster, blocks),
            );
          await under('extension', 1, await renewed('--role', 'ca', '--role', 'peer-ca', '--all'));
          expect(await serials(cluster)).toEqual(pairs);
          await under('pairs of the extended CAs', 0, await renewed('--all'));
          for (const serial of await serials(cluster)) expect(pairs).not.toContain(serial);
          await cluster.etcdctl(first, 'endpoint health');
        });
      },
    );

    describe.each(isWhole ? (['3.5', '3.7'] as const) : [])(
      'hardened with etcd %s, whose CAs have ended',
      (release) => {
        let cluster: HostCluster<Written>;
        let ends: number;

        beforeAll(async () => {
          ends = seconds() + 90;
          const document = `${MEMBERS}certificates: {validity: {ca: 2h, leaf: 2h}}\n`;
          const built = await generateOnDisk(document, release, ends - 2 * HOUR);
          cluster = await startBuilt(`rotation ended ${release}`, built, release);
        }, 120_000);
        afterAll(async () => down(cluster));

        it('is brought back at once with what it held', { timeout: 400_000 }, async () => {
          const [first] = cluster.members;
          if (first === undefined) throw new Error('no members');
          const { folder } = cluster.built;
          await cluster.etcdctl(first, 'put greeting hello');
          await startWithEnded(cluster, ends);
          await expect(cluster.etcdctl(first, 'get greeting --command-timeout=3s')).rejects.toThrow();
          expect((await runCli(['renew', folder, '--all'], { now: seconds() })).exitCode).not.toBe(0);
          await run(cluster, await rotate(cluster, '--at-once'));
          await cluster.etcdctl(first, 'endpoint health');
          expect(await cluster.etcdctl(first, 'get greeting --print-value-only')).toBe('hello\n');
          expect(phases(cluster)).toEqual(['settled', 'settled']);
        });
      },
    );
  },
);
