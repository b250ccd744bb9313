import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { healthOf } from '../../src/plan/gate.js';
import { leaderLastCommand } from '../../src/plan/leader-last.js';
import { describeWithHosts } from '../programs/describe.js';
import {
  generateOnDisk,
  giveToOperator,
  installControlPlane,
  runBlock,
  seconds,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { isWhole } from '../support/long-tests.js';
import type { RunbookBlock } from '../support/runbook-steps.js';
import { startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';
import type { Host } from './host.js';

const NUMBERS = [1, 2, 3, 4, 5] as const;
/** Where the third member goes when its host is replaced by another. */
const ELSEWHERE = { name: 'e9', addresses: ['10.1.1.9/24'] };
const CLUSTERS: readonly { readonly preset: string; readonly head: string; readonly release: EtcdRelease }[] =
  [
    { preset: 'hardened', head: '', release: '3.4' },
    { preset: 'hardened', head: '', release: '3.5' },
    { preset: 'hardened', head: '', release: '3.6' },
    { preset: 'hardened', head: '', release: '3.7' },
    { preset: 'kubeadm', head: 'preset: kubeadm\nkubernetes: {version: "1.36"}\n', release: '3.6' },
  ];
const SAMPLE = CLUSTERS.filter(
  ({ preset, release }) => isWhole || (preset === 'hardened' && release === '3.6'),
);

/** Members' names, and the last number of the address that each has. */
type Places = Map<string, number>;

function documentOf(head: string, names: readonly string[], places: Places): string {
  const members = names.map((name) => `{name: ${name}, address: 10.1.1.${places.get(name)}}`);
  return `${head}members: [${members.join(', ')}]\n`;
}

const programs = ['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7', 'etcd-writer'] as const;
describeWithHosts(programs, 'membership on real hosts', (program) => {
  describe.each(SAMPLE)('$preset with etcd $release', ({ preset, head, release }) => {
    let cluster: HostCluster<Written>;
    const places: Places = new Map(NUMBERS.map((number) => [`e${number}`, number]));

    beforeAll(async () => {
      const built = await generateOnDisk(documentOf(head, ['e1', 'e2', 'e3'], places), release, seconds());
      const spare = [
        { name: 'e4', addresses: ['10.1.1.4/24'] },
        { name: 'e5', addresses: ['10.1.1.5/24'] },
        ELSEWHERE,
      ];
      cluster = await startBuilt(`members ${preset} ${release}`, built, release, '/usr/local/bin', spare);
      await installControlPlane(cluster);
    }, 120_000);
    afterAll(async () => {
      await cluster?.hosts.down();
      if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
    });

    /** A change and its runbook, under writers of whom none hears anything of it, but that a leader goes (docs/decisions.md, "Running members"). */
    async function change(
      title: string,
      argv: readonly string[],
      order: (blocks: readonly RunbookBlock[]) => Promise<readonly RunbookBlock[]> = async (blocks) => blocks,
      leaders = 0,
    ): Promise<void> {
      const [first] = cluster.members;
      if (first === undefined) throw new Error('no members');
      const cwd = join(cluster.built.folder, '..');
      const environment = `${cluster.built.spec.cluster.directory}/admin/etcdctl.env`;
      const outcome = await runCli(argv, { cwd, now: seconds() });
      expect(outcome.exitCode, outcome.stderr).toBe(0);
      const blocks = (await giveToOperator(cluster)).filter(({ kind }) => kind !== 'back');
      const writers = await startWriters(first, program('etcd-writer').path, environment);
      for (const block of await order(blocks)) await runBlock(cluster, block, hostOf);
      const { fresh, long } = await writers.stop();
      console.log(`${title}, ${preset} ${release}: ${JSON.stringify({ fresh, long })}`);
      for (const { failed, lost, acknowledged } of [fresh, long]) {
        expect(failed.length, failed.join('\n')).toBeLessThanOrEqual(leaders);
        expect(lost).toEqual([]);
        expect(acknowledged).toBeGreaterThan(10);
      }
    }

    async function update(
      title: string,
      names: readonly string[],
      order?: Parameters<typeof change>[2],
      leaders?: number,
    ): Promise<void> {
      const cwd = join(cluster.built.folder, '..');
      writeFileSync(
        join(cwd, 'next.yaml'),
        `${documentOf(head, names, places)}etcd: {version: "${release}"}\n`,
      );
      await change(title, ['update', 'bundle', 'next.yaml'], order, leaders);
      const again = await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: seconds() });
      expect(again.stdout).toContain('Nothing to do');
    }

    /** Of members that vote: what etcd says, not the document. */
    async function voters(): Promise<readonly string[]> {
      const [first] = cluster.members;
      const list = first === undefined ? '' : await cluster.etcdctl(first, 'member list');
      return list
        .trimEnd()
        .split('\n')
        .map((line) => line.split(', '))
        .filter(([, status, , , , isLearner]) => status === 'started' && isLearner === 'false')
        .map(([, , name, peerUrls]) => `${name} ${peerUrls}`)
        .sort();
    }

    async function leader(): Promise<string> {
      const variables = `set -a; . ${cluster.built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
      const names = await cluster.members[0]?.must(`${variables}\n${leaderLastCommand([...places.keys()])}`);
      return names?.trimEnd().split('\n').at(-1) ?? '';
    }

    /** The end of a member, and that the others have a leader again: writes that were on their way to it are not the runbook's. */
    async function lose(host: Host, command: string): Promise<void> {
      await host.must(command);
      const stay = cluster.built.spec.members.filter(({ name }) => name !== 'e3');
      const variables = `set -a; . ${cluster.built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
      await cluster.members[0]?.must(`${variables}\n${healthOf(stay)}`);
    }

    const hostOf = (name: string): Host => cluster.hosts.host(`e${places.get(name)}`);
    const urlsOf = (names: readonly string[]) =>
      names.map((name) => `${name} https://10.1.1.${places.get(name)}:2380`);
    const pidsOf = (names: readonly string[]): Promise<readonly string[]> =>
      Promise.all(
        names.map((name) =>
          hostOf(name).must(`systemctl show --property MainPID ${cluster.built.spec.systemd.unit}`),
        ),
      );

    it('a member whose disk is lost comes back under its name', async () => {
      const before = await pidsOf(['e1', 'e2']);
      const lost = cluster.hosts.host('e3');
      const { dataDir } = cluster.built.spec.etcd;
      await lose(
        lost,
        `systemctl kill --signal KILL ${cluster.built.spec.systemd.unit}; rm -rf ${dataDir}/*`,
      );
      await change('disk lost', ['replace', 'bundle', 'e3']);
      expect(await voters()).toEqual(urlsOf(['e1', 'e2', 'e3']));
      expect(await pidsOf(['e1', 'e2'])).toEqual(before);
    }, 300_000);

    it('a member whose host is lost comes back elsewhere, and the former host is refused', async () => {
      const before = await pidsOf(['e1', 'e2']);
      const { unit } = cluster.built.spec.systemd;
      const former = cluster.hosts.host('e3');
      await lose(former, `systemctl kill --signal KILL ${unit}; systemctl stop ${unit}`);
      places.set('e3', 9);
      await change('host lost', ['replace', 'bundle', 'e3', '--address', '10.1.1.9']);
      expect(await voters()).toEqual(urlsOf(['e1', 'e2', 'e3']));
      expect(await pidsOf(['e1', 'e2'])).toEqual(before);
      await former.run(`systemctl start ${unit}`);
      const journal = await former.journal(unit);
      expect(journal).toContain('the member has been permanently removed from the cluster');
      expect(await voters()).toEqual(urlsOf(['e1', 'e2', 'e3']));
    }, 300_000);

    it('a fourth and a fifth member come by the document alone', async () => {
      const before = await pidsOf(['e1', 'e2', 'e3']);
      await update('three to five', ['e1', 'e2', 'e3', 'e4', 'e5']);
      expect(await voters()).toEqual(urlsOf(['e1', 'e2', 'e3', 'e4', 'e5']));
      expect(await pidsOf(['e1', 'e2', 'e3'])).toEqual(before);
    }, 300_000);

    it('two members go, the leader among them', async () => {
      const last = await leader();
      const other = last === 'e5' ? 'e4' : 'e5';
      const stay = NUMBERS.map((number) => `e${number}`).filter((name) => name !== last && name !== other);
      const before = await pidsOf(stay);
      const isOfLeader = ({ title }: RunbookBlock): boolean => title.endsWith(` ${last}`);
      await update(
        'five to three',
        stay,
        async (blocks) => [...blocks.filter((block) => !isOfLeader(block)), ...blocks.filter(isOfLeader)],
        1,
      );
      expect((await voters()).map((line) => line.split(' ')[0])).toEqual(stay);
      expect(await pidsOf(stay)).toEqual(before);
      for (const name of [last, other]) {
        const again = await hostOf(name).run(`systemctl start ${cluster.built.spec.systemd.unit}`);
        expect(again.stderr).toContain('not found');
      }
    }, 300_000);
  });
});
