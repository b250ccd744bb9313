import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeCryptoProvider } from '../../src/node/index.js';
import { verifyBundle } from '../../src/verify/verify-bundle.js';
import { describeWithHosts } from '../programs/describe.js';
import { type BuiltCluster, buildCluster } from '../support/cluster.js';
import { type HostCluster, startCluster } from '../support/host-cluster.js';
import type { Host } from './host.js';

const members = [1, 2, 3].map((number) => ({ name: `m${number}`, address: `10.77.0.${number}` }));
/** Ports as kubespray has them for the events of Kubernetes (roles/etcd/templates/etcd-events.env.j2). */
const EVENTS = {
  cluster: { name: 'events' },
  members,
  etcd: { clientPort: 2383, peerPort: 2382, dataDir: '/var/lib/etcd-events' },
  systemd: { unit: 'etcd-events' },
};

describeWithHosts(['etcd-3.7'], 'two clusters on the same three hosts', () => {
  let cluster: HostCluster;
  let events: BuiltCluster;

  const eventsctl = (host: Host, command: string): Promise<string> =>
    host.must(`set -a; . /etc/etcd-events/admin/etcdctl.env; set +a; etcdctl ${command}`);

  const bothHealthy = async (): Promise<void> => {
    await cluster.healthy();
    const deadline = Date.now() + 40_000;
    for (const host of cluster.members) {
      while (
        (await host.run(`set -a; . /etc/etcd-events/admin/etcdctl.env; etcdctl endpoint health`)).code !== 0
      )
        if (Date.now() > deadline)
          throw new Error(`events on ${host.name}\n${await host.journal('etcd-events')}`);
    }
  };

  beforeAll(async () => {
    cluster = await startCluster('two clusters', JSON.stringify({ members }), '3.7');
    events = await buildCluster(JSON.stringify(EVENTS));
    const admin = await events.tarball('admin');
    const installed = await Promise.all(
      cluster.members.map(async (host) => {
        await host.put(admin, '/root/events-admin.tar.gz', 0o600);
        await host.must('tar -xzf /root/events-admin.tar.gz -C /');
        return await host.install(await events.tarball(host.name), 'etcd-events');
      }),
    );
    expect(installed.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      installed.map(() => ({ code: 0, stderr: expect.any(String) })),
    );
  });
  afterAll(async () => {
    await cluster?.hosts.down();
  });

  it('have no file in common', () => {
    const paths = ({ bundles }: BuiltCluster): readonly string[] =>
      [...bundles.values()].flatMap(({ name, files }) => files.map(({ path }) => `${name}:${path}`));
    const first = new Set(paths(cluster.built));
    expect(paths(events).filter((path) => first.has(path))).toEqual([]);
  });

  it('are healthy beside each other, and neither sees what the other keeps', async () => {
    await bothHealthy();
    const [host] = cluster.members;
    if (host === undefined) throw new Error('no members');
    await cluster.etcdctl(host, 'put whose main');
    await eventsctl(host, 'put whose events');
    expect(await cluster.etcdctl(host, 'get whose --print-value-only')).toBe('main\n');
    expect(await eventsctl(host, 'get whose --print-value-only')).toBe('events\n');
  });

  it('are healthy again after a restart of both on every host', async () => {
    await Promise.all(
      cluster.members.map((host) => host.must('systemctl restart etcd etcd-events', { timeout: 60_000 })),
    );
    await bothHealthy();
  });

  it('come back together with a host that was rebooted', async () => {
    const [host] = cluster.members;
    if (host === undefined) throw new Error('no members');
    await host.reboot();
    await bothHealthy();
    expect(await eventsctl(host, 'get whose --print-value-only')).toBe('events\n');
  });

  it('are judged as two clusters without an error', async () => {
    const roots = cluster.members.map(({ name }) => ({
      name,
      files: [cluster.built, events].flatMap(({ bundles }) => bundles.get(name)?.files ?? []),
    }));
    const at = Math.floor(Date.now() / 1000) + 60;
    const { summary, findings } = await verifyBundle(roots, { crypto: nodeCryptoProvider(), at });
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(summary.errors).toBe(0);
  });
});
