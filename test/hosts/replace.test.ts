import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { healthOf } from '../../src/plan/gate.js';
import { describeWithHosts } from '../programs/describe.js';
import { archiveKeys, makeArchive, whole } from '../support/built-archive.js';
import {
  differing,
  generateOnDisk,
  giveToOperator,
  runBlock,
  seconds,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import { installKubelet } from '../support/kubelet.js';
import { isWhole } from '../support/long-tests.js';
import { startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';

const MEMBERS =
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]\n';
const RELEASE = '3.7';

describeWithHosts(['etcd-3.7', 'etcd-writer'], 'a lost member on real hosts', (program) => {
  let cluster: HostCluster<Written> | undefined;
  let archives: string | undefined;

  afterEach(async () => {
    await cluster?.hosts.down();
    if (cluster !== undefined) rmSync(dirname(cluster.built.folder), { recursive: true });
    if (archives !== undefined) rmSync(archives, { recursive: true });
    archives = undefined;
    cluster = undefined;
  });

  /** The third member's host is gone with all that was on it, and its successor gets what the runbook says and nothing else. */
  async function replaceThird(
    started: HostCluster<Written>,
    service: string,
    prepare: (name: string) => Promise<void>,
  ): Promise<void> {
    const { built, hosts, members } = started;
    const [first] = members;
    if (first === undefined) throw new Error('no members');
    const stay = ['e1', 'e2'].map((name) => hosts.host(name));
    const pids = () =>
      Promise.all(stay.map((host) => host.must(`systemctl show --property MainPID ${service}`)));
    const before = await pids();
    await hosts.host('e3').wipe();
    await hosts.host('e3').boot();
    await hosts.host('e3').settled();
    await prepare('e3');
    const environment = `${built.spec.cluster.directory}/admin/etcdctl.env`;
    const others = healthOf(built.spec.members.filter(({ name }) => name !== 'e3'));
    await first.must(`set -a; . ${environment}; set +a\n${others}`);
    const cwd = dirname(built.folder);
    const outcome = await runCli(['replace', 'bundle', 'e3'], { cwd, now: seconds() });
    expect(outcome.exitCode, outcome.stderr).toBe(0);
    const blocks = await giveToOperator(started);
    const writers = await startWriters(first, program('etcd-writer').path, environment);
    for (const block of blocks) if (block.kind !== 'back') await runBlock(started, block);
    const { fresh, long } = await writers.stop();
    console.log(`replace, ${service}: ${JSON.stringify({ fresh, long })}`);
    for (const { failed, lost, acknowledged } of [fresh, long]) {
      expect({ failed, lost }).toEqual({ failed: [], lost: [] });
      expect(acknowledged).toBeGreaterThan(10);
    }
    expect(await pids()).toEqual(before);
    const list = await started.etcdctl(first, 'member list');
    expect(list.match(/started, e[123], .*, false/g)).toHaveLength(3);
    expect(await differing(started)).toEqual({});
  }

  it('gets its programs from the archive', { timeout: 300_000 }, async () => {
    archives = mkdtempSync(join(tmpdir(), 'archives-'));
    const archive = makeArchive(RELEASE, program('etcd-3.7').path, archives);
    const built = await generateOnDisk(MEMBERS, RELEASE, seconds(), archiveKeys(archive));
    const started = await startBuilt('replace with an archive', built, RELEASE);
    cluster = started;
    await replaceThird(started, 'etcd', async (name) => {
      await started.hosts.host(name).must('rm -f /usr/local/bin/etcd /usr/local/bin/etcdctl');
    });
    expect(await started.hosts.host('e3').must('/usr/local/bin/etcd --version')).toContain(
      `etcd Version: ${whole(RELEASE)}\n`,
    );
  });

  describe.skipIf(!isWhole)('under the kubelet', () => {
    it('is a static pod again', { timeout: 300_000 }, async () => {
      const document = `preset: kubeadm\n${MEMBERS}kubernetes: {version: "1.36", staticPod: true}\n`;
      const built = await generateOnDisk(document, RELEASE, seconds());
      const started = await startBuilt('replace a pod', built, RELEASE, undefined, [], installKubelet);
      cluster = started;
      await replaceThird(started, 'pod-etcd', (name) => installKubelet(started.hosts.host(name)));
    });
  });
});
