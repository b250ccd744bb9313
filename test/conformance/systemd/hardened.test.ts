import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SystemdSection } from '../../../src/cluster-spec.js';
import { renderEtcdUnit } from '../../../src/systemd/etcd-unit.js';
import { hardeningFor } from '../../../src/systemd/hardening.js';
import { renderSysusers } from '../../../src/systemd/sysusers.js';
import { planStateDirectories, renderTmpfiles } from '../../../src/systemd/tmpfiles.js';
import type { Host } from '../../hosts/host.js';
import { createHosts, type Hosts } from '../../hosts/hosts.js';
import { describeWithHosts } from '../../programs/describe.js';

interface Member {
  readonly unit: string;
  readonly user: string;
  readonly dataDir: string;
  readonly walDir?: string;
  readonly clientPort: number;
  readonly peerPort: number;
}

const members: readonly Member[] = [
  {
    unit: 'plain',
    user: 'etcd',
    dataDir: '/var/lib/etcd',
    clientPort: 2379,
    peerPort: 2380,
  },
  {
    unit: 'inside',
    user: 'etcd',
    dataDir: '/srv/etcd',
    walDir: '/srv/etcd/fast disk/wal',
    clientPort: 3379,
    peerPort: 3380,
  },
  {
    unit: 'beside',
    user: 'etcd',
    dataDir: '/var/lib/pair/data',
    walDir: '/var/lib/pair/wal',
    clientPort: 6379,
    peerPort: 6380,
  },
  {
    unit: 'home',
    user: 'keeper',
    dataDir: '/home/etcd data/100%/[a]{b}',
    walDir: '/var/lib/wal "1"/\\x',
    clientPort: 4379,
    peerPort: 4380,
  },
  { unit: 'low', user: 'etcd', dataDir: '/var/tmp/etcd', clientPort: 79, peerPort: 80 },
  {
    unit: 'root',
    user: 'root',
    dataDir: '/var/lib/deep/etcd',
    clientPort: 179,
    peerPort: 180,
  },
];

describeWithHosts(['etcd-3.7'], 'the hardened service', () => {
  let hosts: Hosts;
  let host: Host;

  beforeAll(async () => {
    hosts = await createHosts({
      cluster: 'hardened',
      etcd: '3.7',
      hosts: [{ name: 'e1', addresses: ['10.1.1.91/24'] }],
    });
    host = hosts.host('e1');
    await hosts.boot();
  });
  afterAll(async () => {
    await hosts?.down();
  });

  it.each(members)('runs etcd as $user with its data in $dataDir ($unit)', async (member) => {
    const { unit, user, dataDir, walDir, clientPort } = member;
    const key = `/etc/etcd/pki/${unit} [1]{a,b}\\*.key`;
    await host.put(Buffer.from('secret'), key, 0o600);
    const folders = walDir === undefined ? [dataDir] : [dataDir, walDir];
    const adjustKey = { type: 'adjust', path: key, mode: 0o640, user: 'root', group: user } as const;
    await host.put(
      Buffer.from(renderSysusers({ user, description: '100% "etcd"', home: dataDir })),
      `/etc/sysusers.d/${unit}.conf`,
    );
    await host.put(
      Buffer.from(renderTmpfiles([...planStateDirectories(folders, { user, group: user }), adjustKey])),
      `/etc/tmpfiles.d/${unit}.conf`,
    );
    await host.put(Buffer.from(unitOf(member)), `/etc/systemd/system/${unit}.service`);

    expect(await host.run('systemd-sysusers && systemd-tmpfiles --create')).toMatchObject({ code: 0 });
    const started = await host.run(`systemctl daemon-reload && systemctl enable --now ${unit}`);
    expect(started.code, await host.journal(unit)).toBe(0);

    const url = `http://127.0.0.1:${clientPort}`;
    expect(await host.must(`etcdctl --endpoints ${url} endpoint health 2>&1`)).toContain('is healthy');
    expect(await host.must(`ps -o user= -p $(systemctl show -P MainPID ${unit})`)).toBe(`${user}\n`);
    for (const folder of folders) {
      const stat = await host.must(`stat -c '%a %U %F' "$FOLDER"`, { env: { FOLDER: folder } });
      expect(stat).toBe(`700 ${user} directory\n`);
    }
    expect(await host.must(`stat -c '%a %U:%G' "$KEY"`, { env: { KEY: key } })).toBe(`640 root:${user}\n`);
    const verified = await host.run(`systemd-analyze verify --man=no /etc/systemd/system/${unit}.service`);
    expect(verified).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('is rated OK where etcd needs nothing out of the ordinary', async () => {
    const rating = await host.must('systemd-analyze security plain | tail -n 1');
    expect(Number(/: ([\d.]+) /.exec(rating)?.[1])).toBeLessThanOrEqual(1.5);
  });

  it('makes the directory below /var/lib again where somebody removed it', async () => {
    await host.must('systemctl stop plain && rm -r /var/lib/etcd && systemctl start plain');
    expect(await host.must('stat -c "%a %U" /var/lib/etcd')).toBe('700 etcd\n');
  });
});

/** A service user owns no more than its folder: etcd, which renames the log's, gets one inside. */
function logOf({ user, walDir }: Member): string | undefined {
  return walDir === undefined || user === 'root' ? walDir : `${walDir}/wal`;
}

function unitOf(member: Member): string {
  const { unit, user, dataDir, clientPort, peerPort } = member;
  const walDir = logOf(member);
  const directives: readonly SystemdSection[] = [
    {
      name: 'Service',
      directives: [
        { name: 'Type', values: ['notify'] },
        ...hardeningFor({
          dataDir,
          ...(walDir === undefined ? {} : { walDir }),
          readPaths: ['/usr/local/bin/etcd', '/etc/etcd/pki'],
          ports: [clientPort, peerPort],
          memoryLock: false,
        }),
      ],
    },
    { name: 'Install', directives: [{ name: 'WantedBy', values: ['multi-user.target'] }] },
  ];
  const words = [
    `--data-dir=${dataDir}`,
    ...(walDir === undefined ? [] : [`--wal-dir=${walDir}`]),
    `--listen-client-urls=http://127.0.0.1:${clientPort}`,
    `--advertise-client-urls=http://127.0.0.1:${clientPort}`,
    `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-cluster=default=http://127.0.0.1:${peerPort}`,
  ];
  return renderEtcdUnit({
    description: `etcd ${unit}, 100%`,
    directives,
    exec: { binary: '/usr/local/bin/etcd', words },
    user,
  });
}
