import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithHosts } from '../programs/describe.js';
import { archiveKeys, makeArchive, whole } from '../support/built-archive.js';
import {
  expectAsBundle,
  generateOnDisk,
  giveToOperator,
  leaderLast,
  pids,
  runBlock,
  seconds,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { sample } from '../support/long-tests.js';
import { expectKept, startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';

const MEMBERS =
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]\n';
const STEPS: readonly { readonly to: '3.6' | '3.7'; readonly isArchived: boolean }[] = [
  { to: '3.6', isArchived: false },
  { to: '3.7', isArchived: true },
];

describeWithHosts(
  ['etcd-3.5', 'etcd-3.6', 'etcd-3.7', 'etcdctl-3.6', 'etcd-writer'],
  'a release up on real hosts',
  (program) => {
    let cluster: HostCluster<Written>;

    beforeAll(async () => {
      cluster = await startBuilt('release 3.5', await generateOnDisk(MEMBERS, '3.5', seconds()), '3.5');
    });
    afterAll(async () => {
      await cluster?.hosts.down();
      if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
    });

    it.each(sample(STEPS, 2))(
      'to $to, archive: $isArchived',
      { timeout: 600_000 },
      async ({ to, isArchived }) => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        const { folder, spec } = cluster.built;
        const cwd = join(folder, '..');
        const archive = makeArchive(to, program(`etcd-${to}`).path, cwd);
        const named = isArchived ? archiveKeys(archive) : '';
        writeFileSync(join(cwd, 'next.yaml'), `${MEMBERS}etcd: {version: "${to}"${named}}\n`);
        // etcdctl is the operator's own, and has to know how to announce a downgrade.
        await first.put(program('etcdctl-3.6').path, '/usr/local/bin/etcdctl', 0o755);
        const before = await pids(cluster);
        const environment = `${spec.cluster.directory}/admin/etcdctl.env`;
        const writers = await startWriters(first, program('etcd-writer').path, environment);
        const outcome = await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: seconds() });
        expect(outcome.exitCode, outcome.stderr).toBe(0);
        expect(outcome.stdout).toMatch(new RegExp(`^e1–e3 +etcd +3\\.\\d -> ${to} +restart`, 'm'));
        if (!isArchived) copyFileSync(archive, join(folder, archive.slice(cwd.length + 1)));
        for (const block of await leaderLast(cluster, await giveToOperator(cluster)))
          await runBlock(cluster, block);
        const { fresh, long } = await writers.stop();
        console.log(`to ${to}: ${JSON.stringify({ fresh, long })}`);
        expectKept([fresh, long], 1);
        for (const [index, pid] of (await pids(cluster)).entries()) expect(pid).not.toBe(before[index]);
        for (const host of cluster.members)
          expect(await host.must('/usr/local/bin/etcd --version')).toContain(`etcd Version: ${whole(to)}\n`);
        await cluster.healthy();
        await expectAsBundle(cluster);
        expect((await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: seconds() })).stdout).toContain(
          'Nothing to do',
        );
      },
    );
  },
);
