import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { type ClusterSpec, endpointUrl, parseClusterDocument, readManifest } from '../../src/index.js';
import { describeWithHosts } from '../programs/describe.js';
import { type HostCluster, type Installable, startBuilt } from '../support/host-cluster.js';
import { type RunbookBlock, runbookBlocks } from '../support/runbook-steps.js';
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

const CLUSTERS: readonly {
  readonly name: string;
  readonly document: string;
  readonly release: EtcdRelease;
}[] = [
  { name: 'hardened', document: HARDENED, release: '3.5' },
  { name: 'hardened', document: HARDENED, release: '3.7' },
  { name: 'kubeadm', document: KUBEADM, release: '3.5' },
  { name: 'kubeadm', document: KUBEADM, release: '3.7' },
];

interface Written extends Installable {
  /** Of the bundle, on this machine. */
  readonly folder: string;
}

/** A bundle that was made at a moment, in a folder of its own. */
async function generate(document: string, release: EtcdRelease, now: number): Promise<Written> {
  const parent = mkdtempSync(join(tmpdir(), 'renewal-'));
  const text = `${document}etcd: {version: "${release}"}\n`;
  writeFileSync(join(parent, 'cluster.yaml'), text);
  const folder = join(parent, 'bundle');
  const made = await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd: parent, now });
  expect(made.stderr).toBe('');
  return {
    folder,
    spec: parseClusterDocument(text),
    tarball: (name) => readFile(join(folder, `${name}.tar.gz`)),
  };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** What the operator has before the first change: this bundle's folder, and the tarballs of control planes and the operator in place. */
const OPERATOR = '/root/bundle';

describeWithHosts(['etcd-3.5', 'etcd-3.7', 'etcd-writer'], 'a renewal on real hosts', (program) => {
  describe.each(CLUSTERS)('$name with etcd $release', ({ name, document, release }) => {
    let cluster: HostCluster<Written>;

    beforeAll(async () => {
      // A day old: an hour of the leaves of hardened is left, most of a year of kubeadm's.
      const built = await generate(document, release, seconds() - 3600);
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

  describe.each(['3.5', '3.7'] as const)('hardened with etcd %s, whose pairs have all ended', (release) => {
    let cluster: HostCluster<Written>;
    let ends: number;

    beforeAll(async () => {
      ends = seconds() + 90;
      const built = await generate(HARDENED, release, ends - 2 * HOUR);
      cluster = await startBuilt(`ended ${release}`, built, release);
    });
    afterAll(async () => {
      await cluster?.hosts.down();
      if (cluster !== undefined) rmSync(join(cluster.built.folder, '..'), { recursive: true });
    });

    it('is down, and is brought back by its runbook with what it held', { timeout: 400_000 }, async () => {
      const [first] = cluster.members;
      if (first === undefined) throw new Error('no members');
      const { folder, spec } = cluster.built;
      await cluster.etcdctl(first, 'put greeting hello');
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, ends + 5 - seconds()) * 1000));
      for (const host of cluster.members)
        await host.must(`systemctl restart --no-block ${spec.systemd.unit}`);
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      for (const host of cluster.members)
        expect((await host.run(`systemctl is-active ${spec.systemd.unit}`)).stdout).toBe('activating\n');
      await expect(cluster.etcdctl(first, 'get greeting --command-timeout=3s')).rejects.toThrow();
      const outcome = await runCli(['renew', folder], { now: seconds() });
      expect(outcome.exitCode, outcome.stderr).toBe(0);
      for (const block of await giveToOperator(cluster))
        if (block.kind !== 'back') await runBlock(cluster, block);
      await cluster.healthy();
      expect(await cluster.etcdctl(first, 'get greeting --print-value-only')).toBe('hello\n');
    });
  });
});

async function installControlPlane({ built, members: [first] }: HostCluster<Written>): Promise<void> {
  if (built.spec.kubernetes === undefined) return;
  await first?.put(await built.tarball('control-plane'), '/root/control-plane.tar.gz', 0o600);
  await first?.must('tar -xzf /root/control-plane.tar.gz -C /');
}

/** The new folder, where the operator stands; the runbook's blocks. */
async function giveToOperator({
  built,
  members: [first],
}: HostCluster<Written>): Promise<readonly RunbookBlock[]> {
  await first?.must(`rm -rf ${OPERATOR}; mkdir -p ${OPERATOR}`);
  for (const file of readdirSync(built.folder, { withFileTypes: true }))
    if (file.isFile()) await first?.put(join(built.folder, file.name), `${OPERATOR}/${file.name}`, 0o600);
  return runbookBlocks(readFileSync(join(built.folder, 'RUNBOOK.md'), 'utf8'));
}

/** Each command as it stands. These hosts have no sshd: what scp would copy is put there. */
async function runBlock(
  cluster: HostCluster<Written>,
  { title, host, commands }: RunbookBlock,
): Promise<void> {
  const { built, members, hosts } = cluster;
  const [first] = members;
  for (const command of commands) {
    const [, file, address] = /^scp (\S+) root@(\S+):\/root\/$/.exec(command) ?? [];
    if (file !== undefined) {
      const target = members.find(({ addresses }) => addresses.includes(address ?? ''));
      await target?.put(join(built.folder, file), `/root/${file}`, 0o600);
      continue;
    }
    if (host === 'control-plane')
      await first?.put(join(built.folder, 'control-plane.tar.gz'), '/root/control-plane.tar.gz', 0o600);
    const isMember = members.some(({ name }) => name === host);
    const variables = `set -a; . ${built.spec.cluster.directory}/admin/etcdctl.env; set +a`;
    const line = host === 'operator' ? `cd ${OPERATOR}; ${variables}\n${command}` : command;
    const target = isMember ? hosts.host(host) : first;
    const answer = await target?.run(line, { timeout: 120_000 });
    expect(answer?.code, `${title}, on ${host}: ${command}\n${answer?.stdout}${answer?.stderr}`).toBe(0);
  }
}

async function pids({ built, members }: HostCluster<Written>): Promise<readonly string[]> {
  return Promise.all(
    members.map((host) => host.must(`systemctl show --property MainPID ${built.spec.systemd.unit}`)),
  );
}

/** What each member presents to clients and to peers. */
async function serials({ built, members: [first] }: HostCluster<Written>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const url of portsOf(built.spec)) {
    const place = url.slice('https://'.length);
    const answer = await first?.must(
      `echo | openssl s_client -connect ${place} 2>/dev/null | openssl x509 -noout -serial`,
    );
    found.push(answer?.trim() ?? '');
  }
  return found;
}

function portsOf({ members }: ClusterSpec): readonly string[] {
  return members.flatMap(({ advertiseClientUrls, initialAdvertisePeerUrls }) =>
    [...advertiseClientUrls.slice(0, 1), ...initialAdvertisePeerUrls.slice(0, 1)].map(endpointUrl),
  );
}
