import { describe, expect, it } from 'vitest';
import { renderRunbook } from '../../../src/index.js';
import { buildCluster } from '../../support/cluster.js';

const MEMBERS = [
  { name: 'e1', address: '10.0.0.1' },
  { name: 'e2', address: '10.0.0.2', dataDir: '/data/etcd', walDir: '/ssd/etcd' },
  { name: 'e3', address: '10.0.0.3', walDir: '/ssd/etcd' },
];

const build = (more: object = {}) => buildCluster(JSON.stringify({ members: MEMBERS, ...more }));

describe("a member's own folders", () => {
  it.each([
    ['flags', 'etc/systemd/system/etcd.service', '--data-dir=', '--wal-dir='],
    ['environment', 'etc/etcd/etcd.env', 'ETCD_DATA_DIR=', 'ETCD_WAL_DIR='],
    ['yaml', 'etc/etcd/etcd.conf.yml', 'data-dir: ', 'wal-dir: '],
  ])("stand among its settings as %s, and among no other member's", async (config, path, data, wal) => {
    const built = await build({ etcd: { config } });
    const folders = ['e1', 'e2', 'e3'].map((name) => {
      const text = built.text(name, path).replaceAll('"', '');
      return [data, wal].map((key) => text.match(new RegExp(`${key}(\\S+)`))?.[1]);
    });
    expect(folders).toEqual([
      ['/var/lib/etcd', undefined],
      ['/data/etcd', '/ssd/etcd/wal'],
      ['/var/lib/etcd', '/ssd/etcd/wal'],
    ]);
  });

  it('are made, opened by the sandbox and worked in', async () => {
    const built = await build();
    const of = (name: string) => {
      const unit = built.text(name, 'etc/systemd/system/etcd.service');
      return {
        unit: unit.match(/^(?:WorkingDirectory|StateDirectory|ReadWritePaths)=.*$/gm),
        made: built.text(name, 'etc/tmpfiles.d/etcd.conf').match(/^d \S+ 0700 etcd etcd -$/gm),
        home: built.text(name, 'etc/sysusers.d/etcd.conf').match(/^u .* (\/\S+)$/m)?.[1],
      };
    };
    expect(of('e1')).toEqual({
      unit: ['WorkingDirectory=/var/lib/etcd', 'StateDirectory=etcd', 'ReadWritePaths=/var/lib/etcd'],
      made: ['d /var/lib/etcd 0700 etcd etcd -'],
      home: '/var/lib/etcd',
    });
    expect(of('e2')).toEqual({
      unit: ['WorkingDirectory=/data/etcd', 'ReadWritePaths=/data/etcd /ssd/etcd'],
      made: ['d /data/etcd 0700 etcd etcd -', 'd /ssd/etcd 0700 etcd etcd -'],
      home: '/data/etcd',
    });
    expect(of('e3')).toEqual({
      unit: [
        'WorkingDirectory=/var/lib/etcd',
        'StateDirectory=etcd',
        'ReadWritePaths=/var/lib/etcd /ssd/etcd',
      ],
      made: ['d /ssd/etcd 0700 etcd etcd -', 'd /var/lib/etcd 0700 etcd etcd -'],
      home: '/var/lib/etcd',
    });
  });

  it('are mounted into its static pod, and told to kubeadm', async () => {
    const built = await build({
      preset: 'kubeadm',
      certificates: { key: 'ecdsa-p256' },
      kubernetes: { staticPod: true },
    });
    const pod = (name: string) =>
      built.text(name, 'etc/kubernetes/manifests/etcd.yaml').match(/(?<=mountPath: ).*/g);
    expect(pod('e1')).toEqual(['/var/lib/etcd', '/etc/kubernetes/pki/etcd']);
    expect(pod('e2')).toEqual(['/data/etcd', '/etc/kubernetes/pki/etcd', '/ssd/etcd']);
    expect(built.text('e2', 'etc/kubernetes/kubeadmcfg.yaml')).toContain('dataDir: /data/etcd\n');
    expect(built.text('e3', 'etc/kubernetes/kubeadmcfg.yaml')).toContain('dataDir: /var/lib/etcd\n');
  });

  it('are in the runbook, whose disks have to be there', async () => {
    const { spec, pki } = await build();
    const runbook = renderRunbook(spec, pki);
    expect(runbook).toContain(
      '- On `e2` the disks behind `/data/etcd` and `/ssd/etcd` are mounted. etcd renames',
    );
    expect(runbook).toContain('- On `e3` the disks behind `/var/lib/etcd` and `/ssd/etcd` are mounted.');
    expect(runbook).not.toContain('On `e1` the disk');
  });
});
