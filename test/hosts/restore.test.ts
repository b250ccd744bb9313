import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ETCD_RELEASES, type EtcdRelease } from '../../src/etcd-releases.js';
import { readManifest } from '../../src/index.js';
import { describeWithHosts } from '../programs/describe.js';
import { askApiServer, readiness } from '../support/api-server.js';
import {
  generateOnDisk,
  giveToOperator,
  installControlPlane,
  runBlock,
  seconds,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { installKubelet, startApiServer } from '../support/kubelet.js';
import { isWhole } from '../support/long-tests.js';
import { nightBlocks, type RunbookBlock } from '../support/runbook-steps.js';
import { runCli } from '../unit/cli/fake-io.js';
import { AT_THE_LATEST, type Host } from './host.js';

const WAL = ', walDir: /ssd/etcd-wal';
const members = (more = '') =>
  `members: [${[1, 2, 3].map((index) => `{name: e${index}, address: 10.1.1.${index}${more}}`).join(', ')}]\n`;
const KEYS = 30;
const OBJECT = '/api/v1/namespaces/default/configmaps';
/** Where revisions go on from (etcd CHANGELOG-3.4, v3.4.27, and CHANGELOG-3.5, v3.5.10). */
const BUMPED: readonly EtcdRelease[] = ['3.5', '3.6', '3.7'];

/** As the operator saves it, by the chapter of the runbook. */
async function saveSnapshot({ built, members: [first] }: HostCluster<Written>): Promise<void> {
  const runbook = readFileSync(join(built.folder, 'RUNBOOK.md'), 'utf8');
  const [block] = nightBlocks(runbook).filter(({ title }) => title === 'Save a snapshot');
  const variables = `set -a; . ${built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
  await first?.must(['set -e', variables, ...(block?.commands ?? ['false'])].join('\n'));
}

/** Runs `restore`, and gives its blocks. */
async function restored(cluster: HostCluster<Written>): Promise<readonly RunbookBlock[]> {
  const outcome = await runCli(['restore', cluster.built.folder], { now: seconds() });
  expect(outcome.exitCode, outcome.stderr).toBe(0);
  return giveToOperator(cluster);
}

async function onEach(cluster: HostCluster<Written>, command: string): Promise<readonly string[]> {
  return Promise.all(cluster.members.map((host) => host.must(command)));
}

/** What a member has by itself, whatever the others say. */
async function keysOf(cluster: HostCluster<Written>, host: Host): Promise<string> {
  const variables = `set -a; . ${cluster.built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
  const answer = await host.must(
    `${variables}; ETCDCTL_ENDPOINTS=https://${host.addresses[0]}:2379 etcdctl get key --prefix --keys-only --limit=1 --consistency=s --write-out=fields | grep Count`,
  );
  return answer.trim();
}

async function down(cluster: HostCluster<Written> | undefined): Promise<void> {
  await cluster?.hosts.down();
  if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
}

describeWithHosts(
  ['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7', 'kube-apiserver-1.36'],
  'a lost cluster on real hosts',
  (program) => {
    const releases = ETCD_RELEASES.filter((release) => isWhole || release === '3.5');

    describe.each(releases)('hardened with etcd %s, the log on a disk of its own', (release) => {
      let cluster: HostCluster<Written>;
      let clusterId: string;

      beforeAll(async () => {
        const document = `${members(WAL)}`;
        cluster = await startBuilt(
          `restore ${release}`,
          await generateOnDisk(document, release, seconds()),
          release,
          undefined,
          [],
          (host) => host.must('mkdir -p /ssd && mount -t tmpfs -o mode=0755 tmpfs /ssd'),
        );
      });
      afterAll(async () => down(cluster));

      const status = async (field: string): Promise<string> => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        const said = await cluster.etcdctl(first, 'endpoint status --write-out=fields');
        return new RegExp(`^"${field}" : (\\d+)$`, 'm').exec(said)?.[1] ?? '';
      };

      it('has all keys of the snapshot on every member, and a cluster ID of its own', {
        timeout: 200_000,
      }, async () => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        const variables = `set -a; . ${cluster.built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
        await first.must(
          `${variables}; for i in $(seq ${KEYS}); do etcdctl put key$i value >/dev/null; done`,
        );
        await saveSnapshot(cluster);
        await cluster.etcdctl(first, 'put key-late value');
        const before = await status('Revision');
        clusterId = await status('ClusterID');
        // One has lost its disk, one is damaged, one is left without the others.
        await onEach(cluster, 'systemctl kill --signal=KILL etcd; systemctl stop etcd');
        await cluster.hosts.host('e1').must('rm -rf /var/lib/etcd/* /ssd/etcd-wal/*');
        await cluster.hosts.host('e2').must('echo damaged >/var/lib/etcd/member/snap/db');
        for (const block of await restored(cluster))
          if (block.kind !== 'back') await runBlock(cluster, block);
        for (const host of cluster.members) expect(await keysOf(cluster, host)).toBe(`"Count" : ${KEYS}`);
        expect(await status('ClusterID')).not.toBe(clusterId);
        const revision = Number(await status('Revision'));
        if (BUMPED.includes(release)) expect(revision).toBeGreaterThan(1_000_000_000);
        else expect(revision).toBeLessThan(Number(before));
      });

      it('has its log where it was, and the former data beside the new one', async () => {
        const own = 'stat -c %U /var/lib/etcd/member/snap/db /ssd/etcd-wal/wal';
        for (const said of await onEach(cluster, own)) expect(said).toBe('etcd\netcd\n');
        const aside = 'cat /var/lib/etcd/member.generation-1/snap/db; ls /ssd/etcd-wal/wal.generation-1';
        expect(await cluster.hosts.host('e2').must(aside)).toMatch(/^damaged\n[\s\S]*\.wal\n/);
        const unit = await cluster.hosts.host('e3').must('systemctl cat etcd');
        expect(unit).toContain('--initial-cluster-state=existing');
      });

      it('lets in no member of the lost cluster, and one that was forgotten not before the others', {
        timeout: 400_000,
      }, async () => {
        const forgotten = cluster.hosts.host('e3');
        const empty = 'systemctl stop etcd; rm -rf /var/lib/etcd/member /ssd/etcd-wal/wal';
        await forgotten.must(empty);
        // The first tarball: the former token, and the state of a new cluster.
        const before = join(`${cluster.built.folder}.previous-1`, 'e3.tar.gz');
        await forgotten.put(before, '/root/former.tar.gz', 0o600);
        await forgotten.must('tar -xzf /root/former.tar.gz -C / && systemctl daemon-reload');
        await forgotten.must('systemctl start --no-block etcd');
        await expect
          .poll(() => forgotten.journal('etcd'), { timeout: AT_THE_LATEST })
          .toMatch(/has already been bootstrapped|cluster ID mismatch/);
        expect((await forgotten.run('systemctl is-active etcd')).stdout).not.toBe('active\n');
        await forgotten.must(`${empty}; tar -xzf /root/e3.tar.gz -C / && systemctl daemon-reload`);
        for (const name of ['e1', 'e2']) await cluster.hosts.host(name).must('systemctl stop etcd');
        await forgotten.must('systemctl start --no-block etcd');
        await expect
          .poll(() => forgotten.journal('etcd'), { timeout: AT_THE_LATEST })
          .toContain('cannot fetch cluster info from peer urls');
        for (const name of ['e1', 'e2'])
          await cluster.hosts.host(name).must('systemctl start --no-block etcd');
        await cluster.healthy();
        expect(await keysOf(cluster, forgotten)).toBe(`"Count" : ${KEYS}`);
      });

      it('is what its document says, with the token of the restore', async () => {
        const { folder } = cluster.built;
        const cwd = join(folder, '..');
        const manifest = readManifest(readFileSync(join(folder, 'bundle.json'), 'utf8'));
        expect(manifest?.change.action).toBe('restore');
        expect(manifest?.cluster.token).toMatch(/^[A-Za-z0-9]{20}$/);
        const outcome = await runCli(['update', 'bundle', 'cluster.yaml'], { cwd, now: seconds() });
        expect(outcome.stdout).toContain('Nothing to do');
      });
    });

    describe.each(isWhole ? [false, true] : [])('kubeadm, as a static pod: %s', (isPod) => {
      const release = '3.6';
      let cluster: HostCluster<Written>;

      beforeAll(async () => {
        const document = `preset: kubeadm\n${members()}kubernetes: {version: "1.36", staticPod: ${isPod}}\n`;
        const built = await generateOnDisk(document, release, seconds());
        cluster = await startBuilt(`restore kubeadm ${isPod}`, built, release, undefined, [], installKubelet);
        await installControlPlane(cluster);
      });
      afterAll(async () => down(cluster));

      const object = (name: string): string =>
        JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
      const names = async (host: Host): Promise<readonly string[]> => {
        const { items } = JSON.parse(await askApiServer(host, 'GET', OBJECT));
        return items.map(({ metadata }: { readonly metadata: { readonly name: string } }) => metadata.name);
      };

      it('has its API server go on with the objects of the snapshot, and comes back on the way back', {
        timeout: 600_000,
      }, async () => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        await startApiServer(first, program('kube-apiserver-1.36').path, '10.1.1.1');
        await askApiServer(first, 'POST', OBJECT, object('kept'));
        await saveSnapshot(cluster);
        await askApiServer(first, 'POST', OBJECT, object('late'));
        expect(await names(first)).toContain('late');
        const blocks = await restored(cluster);
        for (const block of blocks) if (block.kind !== 'back') await runBlock(cluster, block);
        expect(await readiness(first, 120_000)).toBe('ok');
        expect(await names(first)).toContain('kept');
        expect(await names(first)).not.toContain('late');
        expect(await askApiServer(first, 'POST', OBJECT, object('new'))).toContain('"name":"new"');
        for (const block of blocks.toReversed())
          if (block.kind === 'back' && !block.title.startsWith('Copy')) await runBlock(cluster, block);
        await cluster.healthy();
        expect(await readiness(first, 120_000)).toBe('ok');
        expect(await names(first)).toContain('late');
        expect(await names(first)).not.toContain('new');
      });
    });
  },
);
