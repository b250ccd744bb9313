import { afterEach, expect, it } from 'vitest';
import { renderRunbook } from '../../src/bundle/runbook.js';
import { withOwnFolders } from '../../src/etcd/own-folders.js';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { describeWithHosts } from '../programs/describe.js';
import { type HostCluster, startCluster } from '../support/host-cluster.js';

interface Variant {
  readonly title: string;
  readonly release: EtcdRelease;
  readonly document: object;
}

const members = (address: (number: number) => unknown): readonly object[] =>
  [1, 2, 3].map((number) => ({ name: `m${number}`, address: address(number) }));

/** Documents far from every example. */
const VARIANTS: readonly Variant[] = [
  {
    title: 'IPv6 alone, YAML',
    release: '3.6',
    document: { members: members((number) => `fd00:1::${number}`), etcd: { version: '3.6', config: 'yaml' } },
  },
  {
    title: 'two addresses each, the shared certificate of the default preset, P-384',
    release: '3.5',
    document: {
      members: members((number) => [`10.7.0.${number}`, `fd00:7::${number}`]),
      etcd: { version: '3.5', config: 'environment' },
      certificates: { tls: 'shared', key: 'ecdsa-p384' },
    },
  },
  {
    title: 'another user, unit, ports below 1024 and directories',
    release: '3.7',
    document: {
      members: members((number) => `10.8.0.${number}`),
      cluster: { token: 'random' },
      etcd: {
        clientPort: 879,
        peerPort: 880,
        dataDir: '/srv/etcd/data',
        walDir: '/srv/log/etcd',
        metricsUrls: ['http://127.0.0.1:881'],
      },
      certificates: { directory: '/etc/ssl/etcd', caKeyOn: ['m2'], validity: { ca: '48h', leaf: '24h' } },
      systemd: {
        unit: 'etcd-prod',
        user: 'keeper',
        directives: { Service: { Nice: -5, OOMScoreAdjust: [] } },
      },
    },
  },
  {
    title: 'folders of its own for each member, two in the place of the one that all others have',
    release: '3.6',
    document: {
      members: [
        { name: 'm1', address: '10.10.0.1' },
        { name: 'm2', address: '10.10.0.2', dataDir: '/data/etcd' },
        { name: 'm3', address: '10.10.0.3', dataDir: '/srv/etcd', walDir: '/srv/log/etcd' },
      ],
      etcd: { version: '3.6', config: 'yaml', walDir: '/var/lib/etcd-wal' },
    },
  },
  {
    title: 'unix sockets for clients of the same host',
    release: '3.5',
    document: {
      members: members((number) => `10.11.0.${number}`).map((member, index) => ({
        ...member,
        listenClientUrls: [
          `https://10.11.0.${index + 1}:2379`,
          'unix:///run/etcd/etcd.sock',
          'unixs:///run/etcd-tls/secure.sock',
        ],
      })),
      etcd: { version: '3.5', config: 'yaml' },
    },
  },
  {
    title: "kubeadm's certificates under a service user",
    release: '3.4',
    document: {
      preset: 'kubeadm',
      members: members((number) => `10.9.0.${number}`),
      etcd: { version: '3.4', config: 'yaml' },
      certificates: { key: 'ecdsa-p256', usages: 'kubeadm-compatible' },
      systemd: { user: 'etcd', hardening: true },
    },
  },
];

describeWithHosts(['etcd-3.4', 'etcd-3.5', 'etcd-3.6', 'etcd-3.7'], 'documents far from the examples', () => {
  let cluster: HostCluster | undefined;

  afterEach(async () => {
    await cluster?.hosts.down();
    cluster = undefined;
  });

  it.each(VARIANTS)(
    'start, also when they are extracted under a strict umask: $title',
    async ({ title, release, document }) => {
      const started = await startCluster(title, JSON.stringify(document), release);
      cluster = started;
      const [first] = started.members;
      const last = started.members.at(-1);
      if (first === undefined || last === undefined) throw new Error('no members');
      await started.etcdctl(first, 'put greeting hello');
      expect(await started.etcdctl(last, 'get greeting --print-value-only')).toBe('hello\n');
      const { unit, user } = started.built.spec.systemd;
      expect(await first.must(`ps -o user= -p $(systemctl show -P MainPID ${unit})`)).toBe(`${user}\n`);
      const verified = await first.run(`systemd-analyze verify --man=no /etc/systemd/system/${unit}.service`);
      expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });
      for (const host of started.members) {
        expect(await host.journal(unit)).not.toMatch(/unrecognized|deprecated/i);
      }

      for (const [index, host] of started.members.entries()) {
        const { dataDir, walDir = `${dataDir}/member` } = withOwnFolders(
          started.built.spec,
          started.built.spec.members[index] ?? {},
        ).etcd;
        expect(await host.must(`ls ${dataDir}/member; ls ${walDir}/wal | grep -c wal`)).toMatch(
          /^snap\n(?:wal\n)?[1-9]/,
        );
      }
      // The file's mode is what keeps others out, where no certificate is asked for.
      const atSockets = renderRunbook(started.built.spec, started.built.pki).match(
        /^\S+ --endpoints=unix.*$/gm,
      );
      expect(atSockets?.length ?? 0).toBe(title.startsWith('unix sockets') ? 6 : 0);
      for (const command of atSockets ?? []) {
        await first.must(command);
        expect((await first.run(`runuser -u nobody -- ${command} --command-timeout=1s`)).code).not.toBe(0);
      }

      const {
        certificates,
        cluster: { directory: own },
      } = started.built.spec;
      await first.must(
        `systemctl stop ${unit}; rm -rf ${certificates.directory} ${own}; umask 077; tar -xzf /root/bundle.tar.gz -C /; systemd-tmpfiles --create; systemctl start ${unit}`,
        { timeout: 60_000 },
      );
      await first.must('tar -xzf /root/admin.tar.gz -C /');
      await started.healthy();
    },
    120_000,
  );
});
