import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import type { PresetName } from '../../src/preset-names.js';
import { describeWithHosts } from '../programs/describe.js';
import {
  expectAsBundle,
  expectEndings,
  generateOnDisk,
  giveToOperator,
  installControlPlane,
  leaderLast,
  pids,
  runBlock,
  seconds,
  serials,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { isWhole } from '../support/long-tests.js';
import { expectKept, startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';

const MEMBERS = (more = '') =>
  `members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2${more}}, {name: e3, address: 10.1.1.3}]\n`;
const NAME = ', altNames: [10.1.1.9]';
const LOG_LEVEL = `${NAME}, settings: {log-level: debug}`;
const CLIENT = 'clients: [{name: backup}]\n';
/** etcd of two names: e2 is in its certificate, and in /etc/hosts. */
const ENDPOINT = `${LOG_LEVEL}, advertiseClientUrls: ["https://10.1.1.2:2379", "https://e2:2379"]`;
const UPDATES: readonly {
  readonly title: string;
  readonly document: string;
  readonly restarted: readonly string[];
}[] = [
  { title: 'a name of one member', document: MEMBERS(NAME), restarted: [] },
  {
    title: 'a setting of all members, and a client',
    document: `${MEMBERS(NAME)}${CLIENT}`,
    restarted: ['e1', 'e2', 'e3'],
  },
  { title: 'a setting of one member', document: `${MEMBERS(LOG_LEVEL)}${CLIENT}`, restarted: ['e2'] },
  { title: 'an endpoint of one member', document: `${MEMBERS(ENDPOINT)}${CLIENT}`, restarted: ['e2'] },
];

const CLUSTERS: readonly {
  readonly preset: PresetName;
  readonly head: string;
  readonly release: EtcdRelease;
}[] = [
  { preset: 'hardened', head: '', release: '3.7' },
  { preset: 'hardened', head: '', release: '3.5' },
  { preset: 'hardened', head: '', release: '3.4' },
  { preset: 'kubeadm', head: 'kubernetes: {version: "1.36"}\n', release: '3.6' },
];
const SAMPLE = CLUSTERS.filter(({ release }) => isWhole || release === '3.7');

const programs = ['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7', 'etcd-writer'] as const;
describeWithHosts(programs, 'an update on real hosts', (program) => {
  describe.each(SAMPLE)('$preset with etcd $release', ({ preset, head, release }) => {
    const common = `preset: ${preset}\n${head}`;
    let cluster: HostCluster<Written>;

    beforeAll(async () => {
      cluster = await startBuilt(
        `update ${preset} ${release}`,
        await generateOnDisk(`${common}${MEMBERS()}`, release, seconds()),
        release,
      );
      await installControlPlane(cluster);
    });
    afterAll(async () => {
      await cluster?.hosts.down();
      if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
    });

    it.each(UPDATES)('brings $title, and restarts what has to be', { timeout: 300_000 }, async (row) => {
      const [first] = cluster.members;
      if (first === undefined) throw new Error('no members');
      const { folder, spec } = cluster.built;
      const cwd = join(folder, '..');
      const quota = row.restarted.length === 0 ? '' : ', settings: {quota-backend-bytes: 4GiB}';
      writeFileSync(
        join(cwd, 'next.yaml'),
        `${common}${row.document}etcd: {version: "${release}"${quota}}\n`,
      );
      const before = { pids: await pids(cluster), serials: await serials(cluster) };
      const writers = await startWriters(
        first,
        program('etcd-writer').path,
        `${spec.cluster.directory}/admin/etcdctl.env`,
      );
      const outcome = await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: seconds() });
      expect(outcome.exitCode, outcome.stderr).toBe(0);
      const blocks = await giveToOperator(cluster);
      for (const block of await leaderLast(cluster, blocks))
        if (!block.host.startsWith('client-')) await runBlock(cluster, block);
      const { fresh, long } = await writers.stop();
      console.log(`${row.title}, ${preset} ${release}: ${JSON.stringify({ fresh, long })}`);
      expectKept([fresh, long], row.restarted.length === 0 ? 0 : 1);
      const after = { pids: await pids(cluster), serials: await serials(cluster) };
      const isOther = (index: number): boolean => after.pids[index] !== before.pids[index];
      expect(cluster.members.filter((_, index) => isOther(index)).map(({ name }) => name)).toEqual(
        row.restarted,
      );
      const presented = after.serials.filter((serial, index) => serial !== before.serials[index]);
      // The server's and the peer's of the member with a name more.
      expect(presented).toHaveLength(row.restarted.length === 0 ? 2 : 0);
      await cluster.healthy();
      await expectAsBundle(cluster);
      await expectEndings(cluster);
      expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: seconds() })).stdout).toContain(
        'Nothing to do',
      );
    });

    it('has settings and endpoints in effect, and lets the client in', async () => {
      const [first] = cluster.members;
      if (first === undefined) throw new Error('no members');
      expect(await cluster.etcdctl(first, 'member list')).toContain('https://10.1.1.2:2379,https://e2:2379');
      expect(await first?.must('systemctl cat etcd')).toContain('--quota-backend-bytes=4294967296');
      // Generation 3, which generation 4 has set aside, has its tarball.
      const tarball = `${cluster.built.folder}.previous-3/client-backup.tar.gz`;
      await first?.put(tarball, '/root/client-backup.tar.gz', 0o600);
      await first?.must('tar -xzf /root/client-backup.tar.gz -C /');
      const variables = `set -a; . ${cluster.built.spec.cluster.directory}/clients/backup/etcdctl.env; set +a`;
      expect(await first?.must(`${variables}; etcdctl endpoint health 2>&1`)).toMatch(
        /(?:.* is healthy.*\n){3}/,
      );
    });
  });
});
