import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ETCD_RELEASES } from '../../src/etcd-releases.js';
import { describeWithHosts } from '../programs/describe.js';
import { generateOnDisk, seconds, type Written } from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { isWhole } from '../support/long-tests.js';
import { nightBlocks } from '../support/runbook-steps.js';
import { runCli } from '../unit/cli/fake-io.js';

/** So little that a test can fill it. */
const QUOTA = 'settings: {quota-backend-bytes: 16MiB}';
const MEMBERS = `members: [{name: e1, address: 10.1.1.1, ${QUOTA}}, {name: e2, address: 10.1.1.2, ${QUOTA}}, {name: e3, address: 10.1.1.3, ${QUOTA}}]\n`;
const CLUSTERS = [
  { name: 'hardened', document: MEMBERS },
  { name: 'kubeadm', document: `preset: kubeadm\n${MEMBERS}kubernetes: {version: "1.33"}\n` },
]
  .flatMap((cluster) => ETCD_RELEASES.map((release) => ({ ...cluster, release })))
  .filter(({ name, release }) => isWhole || (name === 'hardened' && release === '3.6'));

describeWithHosts(
  ['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7'],
  'the chapters for the night on real hosts',
  () => {
    describe.each(CLUSTERS)('$name with etcd $release', ({ document, release }) => {
      let cluster: HostCluster<Written>;

      beforeAll(async () => {
        cluster = await startBuilt('night', await generateOnDisk(document, release, seconds()), release);
      });
      afterAll(async () => {
        await cluster?.hosts.down();
        if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
      });

      /** The blocks of a chapter, as they stand; gives what each printed. */
      const run = async (title: string): Promise<readonly string[]> => {
        const runbook = readFileSync(join(cluster.built.folder, 'RUNBOOK.md'), 'utf8');
        const blocks = nightBlocks(runbook).filter((block) => block.title === title);
        expect(blocks).not.toEqual([]);
        const variables = `set -a; . ${cluster.built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
        const printed: string[] = [];
        for (const { host, commands } of blocks) {
          const script = ['set -e', ...(host === 'operator' ? [variables] : []), ...commands].join('\n');
          const answer = await cluster.members[0]?.run(script, { timeout: 120_000 });
          expect(answer?.code, `${script}\n${answer?.stdout}${answer?.stderr}`).toBe(0);
          printed.push(`${answer?.stdout}${answer?.stderr}`);
        }
        return printed;
      };

      it('finds one leader', async () => {
        const [table = ''] = await run('Find the leader');
        expect(table.match(/true/g)).toHaveLength(1);
        for (const member of cluster.members) expect(table).toContain(`https://${member.addresses[0]}:2379`);
      });

      it('shrinks a database that is full, the leader last', { timeout: 120_000 }, async () => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        await cluster.etcdctl(first, 'put greeting hello');
        await first.must('head -c 700000 /dev/zero | tr "\\0" x >/root/blob');
        const fill =
          'for i in $(seq 60); do etcdctl put big </root/blob >/dev/null 2>/root/said || break; done; cat /root/said';
        const variables = `set -a; . ${cluster.built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
        expect(await first.must(`${variables}; ${fill}`)).toContain('mvcc: database space exceeded');
        const [alarms, , defragmented = ''] = await run('Shrink the database');
        expect(alarms).toContain('NOSPACE');
        const order = [...defragmented.matchAll(/member\[(https:\S+)\]/g)].map(([, url]) => url);
        expect(new Set(order).size).toBe(cluster.members.length);
        expect(order.at(-1)).toBe(await leaderOf(cluster));
        await cluster.etcdctl(first, 'put greeting again');
        expect(await cluster.etcdctl(first, 'alarm list')).toBe('');
        expect(await cluster.etcdctl(first, 'get greeting --print-value-only')).toBe('again\n');
      });

      it('saves a snapshot that can be read', async () => {
        const [said] = await run('Save a snapshot');
        expect(said).toContain('Snapshot saved at /var/tmp/snapshot.db');
        expect(said).toContain('REVISION');
      });

      it('has a log that is explained', async () => {
        await run('What the log says');
        const stdin = (await cluster.members[0]?.must('cat /root/etcd.log')) ?? '';
        const { stdout, stderr } = await runCli(['explain'], { stdin });
        expect(stderr).toBe('');
        // Every release says so at its start.
        expect(stdout).toContain('(simple-token)');
      });
    });
  },
);

async function leaderOf({ members: [first], etcdctl }: HostCluster<Written>): Promise<string | undefined> {
  if (first === undefined) return undefined;
  const endpoints: {
    readonly Endpoint: string;
    readonly Status: { readonly leader: number; readonly header: { readonly member_id: number } };
  }[] = JSON.parse(await etcdctl(first, 'endpoint status --write-out=json'));
  return endpoints.find(({ Status: { leader, header } }) => leader === header.member_id)?.Endpoint;
}
