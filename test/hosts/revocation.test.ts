import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { describeWithHosts } from '../programs/describe.js';
import {
  generateOnDisk,
  giveToOperator,
  leaderLast,
  runBlock,
  seconds,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { isWhole } from '../support/long-tests.js';
import { expectKept, startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';
import { AT_THE_LATEST, type Host } from './host.js';

const DOCUMENT =
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]\nclients: [{name: app}, {name: other}]\n';
const LISTS = 'certificates: {revocation: true}\n';
const RELEASES: readonly EtcdRelease[] = isWhole ? ['3.4', '3.5', '3.6', '3.7'] : ['3.7'];

describeWithHosts(
  ['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7', 'etcd-writer'],
  'a revocation on real hosts',
  (program) => {
    describe.each(RELEASES)('hardened with etcd %s', (release) => {
      let cluster: HostCluster<Written>;

      beforeAll(async () => {
        const built = await generateOnDisk(DOCUMENT, release, seconds());
        cluster = await startBuilt(`revocation hardened ${release}`, built, release);
      }, 120_000);
      afterAll(async () => {
        await cluster?.hosts.down();
        if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
      });

      /** Runs a command, and the steps of its runbook under writers. */
      async function bring(words: readonly string[], changes: number): Promise<void> {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        const outcome = await runCli(words, { cwd: join(cluster.built.folder, '..'), now: seconds() });
        expect(outcome.exitCode, outcome.stderr).toBe(0);
        const blocks = (await leaderLast(cluster, await giveToOperator(cluster))).filter(
          ({ host }) => !host.startsWith('client-'),
        );
        const environment = `${cluster.built.spec.cluster.directory}/admin/etcdctl.env`;
        const writers = await startWriters(first, program('etcd-writer').path, environment);
        for (const block of blocks) await runBlock(cluster, block);
        const { fresh, long } = await writers.stop();
        console.log(`${words.join(' ')}: ${JSON.stringify({ fresh, long })}`);
        expectKept([fresh, long], changes);
        expect(fresh.acknowledged + long.acknowledged).toBeGreaterThan(0);
      }

      async function letIn(host: Host | undefined, name: string): Promise<boolean> {
        const folder = `/root/client-${name}`;
        const tarball = join(cluster.built.folder, `client-${name}.tar.gz`);
        const former = join(`${cluster.built.folder}.previous-1`, `client-${name}.tar.gz`);
        await host?.put(existing(former) ?? tarball, `${folder}.tar.gz`, 0o600);
        await host?.must(`mkdir -p ${folder} && tar -xzf ${folder}.tar.gz -C ${folder}`);
        const place = `${folder}/etc/etcd/clients/${name}`;
        const answer = await host?.run(
          `ETCDCTL_API=3 etcdctl --endpoints=https://10.1.1.1:2379,https://10.1.1.2:2379,https://10.1.1.3:2379 --cacert=${place}/ca.crt --cert=${place}/client.crt --key=${place}/client.key --command-timeout=5s endpoint health`,
        );
        return answer?.code === 0;
      }

      it('begins with an update, refuses a client at once, takes a member out, and costs no write', {
        timeout: 600_000,
      }, async () => {
        const [first, , third] = cluster.members;
        writeFileSync(
          join(cluster.built.folder, '../cluster.yaml'),
          `${readFileSync(join(cluster.built.folder, '../cluster.yaml'), 'utf8')}${LISTS}`,
        );
        await bring(['update', 'bundle', 'cluster.yaml'], 1);
        expect([await letIn(first, 'app'), await letIn(first, 'other')]).toEqual([true, true]);
        await bring(['revoke', 'bundle', 'client/app', '--reason', 'keyCompromise'], 0);
        expect([await letIn(first, 'app'), await letIn(first, 'other')]).toEqual([false, true]);
        await bring(['renew', 'bundle', '--all'], 0);
        expect([await letIn(first, 'app'), await letIn(first, 'other')]).toEqual([false, true]);
        // The others would go on dialling it. A leader that is removed while it runs costs writes.
        await third?.must('systemctl stop etcd');
        await bring(['revoke', 'bundle', 'peer/e3', 'peer-client/e3'], 1);
        const list = await first?.must('set -a; . /etc/etcd/admin/etcdctl.env; set +a; etcdctl member list');
        expect(list).not.toContain('e3');
        // Whoever has its pair and its data is refused by the others.
        await third?.must('systemctl start --no-block etcd');
        await expect
          .poll(() => first?.journal('etcd'), { timeout: AT_THE_LATEST })
          .toMatch(/10\.1\.1\.3:.*certificate serial [0-9a-f]+ revoked/);
      });
    });
  },
);

function existing(path: string): string | undefined {
  try {
    readFileSync(path);
    return path;
  } catch {
    return undefined;
  }
}
