import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { readManifest } from '../../src/index.js';
import { describeWithHosts } from '../programs/describe.js';
import {
  expectAsBundle,
  expectEndings,
  generateOnDisk,
  giveToOperator,
  installControlPlane,
  pids,
  runBlock,
  seconds,
  serials,
  startWithEnded,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { isWhole } from '../support/long-tests.js';
import type { RunbookBlock } from '../support/runbook-steps.js';
import { startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';

const HOUR = 3600;
const DAY = 86_400;
const HARDENED = [
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]',
  'certificates: {validity: {leaf: 2h}}',
  '',
].join('\n');
const KUBEADM = [
  'preset: kubeadm',
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]',
  'kubernetes: {version: "1.33"}',
  '',
].join('\n');

interface Cluster {
  readonly name: string;
  readonly document: string;
  readonly release: EtcdRelease;
}

const CLUSTERS: readonly Cluster[] = [
  { name: 'hardened', document: HARDENED, release: '3.7' },
  { name: 'kubeadm', document: KUBEADM, release: '3.5' },
  ...(isWhole
    ? ([
        { name: 'hardened', document: HARDENED, release: '3.5' },
        { name: 'kubeadm', document: KUBEADM, release: '3.7' },
      ] as const)
    : []),
];

/** Their leaves last for two hours. */
const ENDING: readonly Cluster[] = [
  { name: 'hardened', document: HARDENED, release: '3.5' },
  ...(isWhole
    ? ([
        { name: 'hardened', document: HARDENED, release: '3.7' },
        { name: 'kubeadm', document: `${KUBEADM}certificates: {validity: {leaf: 2h}}\n`, release: '3.7' },
      ] as const)
    : []),
];

describeWithHosts(['etcd-3.5', 'etcd-3.7', 'etcd-writer'], 'a renewal on real hosts', (program) => {
  describe.each(CLUSTERS)('$name with etcd $release', ({ name, document, release }) => {
    let cluster: HostCluster<Written>;

    beforeAll(async () => {
      // A day old: an hour of the leaves of hardened is left, most of a year of kubeadm's.
      const built = await generateOnDisk(document, release, seconds() - 3600);
      cluster = await startBuilt(`renewal ${name} ${release}`, built, release);
      await installControlPlane(cluster);
    });
    afterAll(async () => {
      await cluster?.hosts.down();
      if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
    });

    it('of all pairs takes tar alone: no write fails, none is lost, no process is started again', async () => {
      const [first] = cluster.members;
      if (first === undefined) throw new Error('no members');
      const { folder, spec } = cluster.built;
      const environment = `${spec.cluster.directory}/admin/etcdctl.env`;
      const before = { pids: await pids(cluster), serials: await serials(cluster) };
      const writers = await startWriters(first, program('etcd-writer').path, environment);
      const outcome = await runCli(['renew', folder, '--all'], { now: seconds() });
      expect(outcome.exitCode, outcome.stderr).toBe(0);
      const blocks = await giveToOperator(cluster);
      for (const block of blocks) if (block.kind !== 'back') await runBlock(cluster, block);
      const after = { pids: await pids(cluster), serials: await serials(cluster) };
      // The way back of one member, and forth again.
      const isOf = (kind: RunbookBlock['kind']) => (block: RunbookBlock) =>
        block.host === 'e1' && block.kind === kind;
      const back = blocks.find(isOf('back'));
      const forth = blocks.find(isOf('commands'));
      if (back === undefined || forth === undefined) throw new Error('e1 has no step');
      await runBlock(cluster, back);
      const returned = await serials(cluster);
      await runBlock(cluster, { ...forth, commands: forth.commands.slice(-1) });
      const { fresh, long } = await writers.stop();
      console.log(`${name} ${release}: ${JSON.stringify({ fresh, long })}`);
      expect({ fresh, long }).toMatchObject({
        fresh: { failed: [], lost: [] },
        long: { failed: [], lost: [] },
      });
      expect(Math.min(fresh.acknowledged, long.acknowledged)).toBeGreaterThan(20);
      expect(after.pids).toEqual(before.pids);
      expect(after.serials).toHaveLength(spec.members.length * 2);
      for (const [index, serial] of after.serials.entries()) expect(serial).not.toBe(before.serials[index]);
      expect(returned.slice(0, 2)).toEqual(before.serials.slice(0, 2));
      expect(await serials(cluster)).toEqual(after.serials);
      await cluster.healthy();
    });

    it('has new pairs in use everywhere, as the manifest says', async () => {
      const manifest = readManifest(readFileSync(join(cluster.built.folder, 'bundle.json'), 'utf8'));
      const issued = manifest?.certificates.filter(({ generation }) => generation === 2) ?? [];
      expect(issued).toHaveLength(manifest?.certificates.length ?? 0);
      for (const serial of await serials(cluster))
        expect(issued.map(({ serialNumber }) => `serial=${serialNumber.toUpperCase()}`)).toContain(serial);
      await expectAsBundle(cluster);
      await expectEndings(cluster);
    });

    it('writes nothing the day after, where nothing is due', async () => {
      const { folder } = cluster.built;
      const before = readdirSync(join(folder, '..'));
      // Leaves of two hours are due by then; those of a year are not.
      const now = seconds() + (document === HARDENED ? 60 : DAY);
      const outcome = await runCli(['renew', folder], { now });
      expect(outcome.exitCode).toBe(0);
      expect(outcome.stdout).toContain('Nothing is due');
      expect(readdirSync(join(folder, '..'))).toEqual(before);
    });
  });

  describe.each(ENDING)(
    '$name with etcd $release, whose pairs have all ended',
    ({ name, document, release }) => {
      let cluster: HostCluster<Written>;
      let ends: number;

      beforeAll(async () => {
        ends = seconds() + 90;
        const built = await generateOnDisk(document, release, ends - 2 * HOUR);
        cluster = await startBuilt(`ended ${name} ${release}`, built, release);
        await installControlPlane(cluster);
      });
      afterAll(async () => {
        await cluster?.hosts.down();
        if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
      });

      it('is down, and is brought back by its runbook with what it held', { timeout: 400_000 }, async () => {
        const [first] = cluster.members;
        if (first === undefined) throw new Error('no members');
        const { folder } = cluster.built;
        await cluster.etcdctl(first, 'put greeting hello');
        await startWithEnded(cluster, ends);
        await expect(cluster.etcdctl(first, 'get greeting --command-timeout=3s')).rejects.toThrow();
        const outcome = await runCli(['renew', folder], { now: seconds() });
        expect(outcome.exitCode, outcome.stderr).toBe(0);
        for (const block of await giveToOperator(cluster))
          if (block.kind !== 'back') await runBlock(cluster, block);
        // The others have the operator's former pair.
        await cluster.etcdctl(first, 'endpoint health');
        expect(await cluster.etcdctl(first, 'get greeting --print-value-only')).toBe('hello\n');
      });
    },
  );
});
