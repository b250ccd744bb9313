import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithHosts } from '../programs/describe.js';
import {
  differing,
  expectAsBundle,
  generateOnDisk,
  giveToOperator,
  pids,
  runBlock,
  seconds,
  type Written,
} from '../support/day-two-cluster.js';
import { type HostCluster, startBuilt } from '../support/host-cluster.js';
import type { RunbookBlock } from '../support/runbook-steps.js';
import { expectKept, startWriters } from '../support/writers.js';
import { runCli } from '../unit/cli/fake-io.js';
import type { Host } from './host.js';

const MEMBERS =
  'members: [{name: e1, address: 10.1.1.1}, {name: e2, address: 10.1.1.2}, {name: e3, address: 10.1.1.3}]\n';
/** A new pair for each, and a restart of each. */
const NEXT = `${MEMBERS}etcd: {version: "3.7", settings: {quota-backend-bytes: 4GiB}}\ncertificates: {altNames: [etcd.example]}\n`;
/** In the order of the steps: each may be the leader when it stops. */
const RESTARTS = 5;

describeWithHosts(['etcd-3.7', 'etcd-writer'], 'mistakes on real hosts', (program) => {
  let cluster: HostCluster<Written>;

  beforeAll(async () => {
    cluster = await startBuilt('mistakes', await generateOnDisk(MEMBERS, '3.7', seconds()), '3.7');
  });
  afterAll(async () => {
    await cluster?.hosts.down();
    if (cluster !== undefined) rmSync(dirname(cluster.built.folder), { recursive: true });
  });

  const told = (bundle?: string) => differing(cluster, bundle);
  const usesSetting = async (host: Host): Promise<boolean> =>
    (await host.must('tr "\\0" "\\n" </proc/$(systemctl show --value -p MainPID etcd)/cmdline')).includes(
      '--quota-backend-bytes=4294967296',
    );

  it('cost no write, are told, and are mended by the runbook', { timeout: 600_000 }, async () => {
    const [first, second, third] = cluster.members;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no members');
    const { folder, spec } = cluster.built;
    const cwd = dirname(folder);
    writeFileSync(join(cwd, 'next.yaml'), NEXT);
    const outcome = await runCli(['update', 'bundle', 'next.yaml'], { cwd, now: seconds() });
    expect(outcome.exitCode, outcome.stderr).toBe(0);
    const blocks = await giveToOperator(cluster);
    const blockOf = (host: string, kind: RunbookBlock['kind']): RunbookBlock => {
      const found = blocks.find((block) => block.title.includes(` for ${host},`) && block.kind === kind);
      if (found === undefined) throw new Error(`${host} has no ${kind}`);
      return found;
    };
    const environment = `${spec.cluster.directory}/admin/etcdctl.env`;
    const writers = await startWriters(first, program('etcd-writer').path, environment);
    const step = async (host: string): Promise<void> => {
      for (const kind of ['commands', 'gate'] as const) await runBlock(cluster, blockOf(host, kind));
    };
    const copy = blocks.find(({ title, kind }) => title === 'Copy' && kind === 'commands');
    if (copy !== undefined) await runBlock(cluster, copy);
    expect(Object.keys(await told())).toEqual(['e1', 'e2', 'e3']);
    await step('e1');

    // The tarball of e1 for that of e2: etcd does not start under another's address.
    const own = await second.must('base64 -w0 /root/e2.tar.gz');
    await second.put(join(folder, 'e1.tar.gz'), '/root/e2.tar.gz', 0o600);
    const answers = [];
    for (const command of blockOf('e2', 'commands').commands)
      answers.push((await second.run(command, { timeout: 120_000 })).code);
    expect(answers.at(-1)).not.toBe(0);
    expect((await told())['e2']).toContain('host-identity');
    await second.put(Buffer.from(own, 'base64'), '/root/e2.tar.gz', 0o600);
    await runBlock(cluster, blockOf('e2', 'back'));
    await cluster.healthy();
    await step('e2');

    // A host that was forgotten; where its restart alone was, its files do not tell.
    expect(Object.keys(await told())).toEqual(['e3']);
    await runBlock(cluster, {
      ...blockOf('e3', 'commands'),
      commands: blockOf('e3', 'commands').commands.slice(0, 2),
    });
    expect(await told()).toEqual({});
    expect(await usesSetting(third)).toBe(false);
    await step('e3');
    expect(await usesSetting(third)).toBe(true);
    await expectAsBundle(cluster);

    // The former unit, started again.
    await first.put(join(`${folder}.previous-1`, 'e1.tar.gz'), '/root/former.tar.gz', 0o600);
    await first.must(
      'tar -xzf /root/former.tar.gz -C / && systemctl daemon-reload && systemctl restart etcd',
    );
    await cluster.healthy();
    expect(await usesSetting(first)).toBe(false);
    expect(Object.keys(await told())).toEqual(['e1']);
    await step('e1');
    expect(await told()).toEqual({});

    const { fresh, long } = await writers.stop();
    console.log(`mistakes: ${JSON.stringify({ fresh, long })}`);
    expectKept([fresh, long], RESTARTS);
    await cluster.healthy();
    await expectAsBundle(cluster);
  });

  it('with a former generation are refused, or told where nobody can know', async () => {
    const { folder } = cluster.built;
    const cwd = dirname(folder);
    const former = `${basename(folder)}.previous-1`;
    const before = { entries: readdirSync(cwd), pids: await pids(cluster) };
    for (const argv of [
      ['update', former, 'next.yaml'],
      ['renew', former, '--all'],
      ['replace', former, 'e1'],
      ['restore', former],
    ]) {
      const { exitCode, stderr } = await runCli(argv, { cwd, now: seconds() });
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain('It is generation 1 of the cluster, which has had 2.');
    }
    expect(readdirSync(cwd)).toEqual(before.entries);
    // A copy of it knows of nothing: it makes a second generation 2, which is not the hosts'.
    const copy = join(cwd, 'copy');
    cpSync(join(cwd, former), copy, { recursive: true });
    expect((await runCli(['update', 'copy', 'next.yaml'], { cwd, now: seconds() })).exitCode).toBe(0);
    expect(Object.keys(await told(copy))).toEqual(['e1', 'e2', 'e3']);
    expect(await told()).toEqual({});
    expect(await pids(cluster)).toEqual(before.pids);
  });
});
