import { describe, expect, it } from 'vitest';
import { buildCluster } from '../../support/cluster.js';

async function build(document: object) {
  const built = await buildCluster(
    JSON.stringify({ members: [{ name: 'e1', address: '10.0.0.1' }], ...document }),
  );
  const files = built.bundles.get('e1')?.files ?? [];
  const { unit } = built.spec.systemd;
  return {
    key: files.find(({ path }) => path.endsWith('server.key')),
    unit: built.text('e1', `etc/systemd/system/${unit}.service`),
    tmpfiles: built.text('e1', `etc/tmpfiles.d/${unit}.conf`),
    paths: files.map(({ path }) => path),
    text: (path: string) => built.text('e1', path),
  };
}

describe("the service's group", () => {
  it('may read its keys, and is made with its number', async () => {
    const { key, unit, tmpfiles, text } = await build({
      systemd: { group: 'kube-cert', uid: 232, gid: 233 },
    });
    expect(key).toMatchObject({ mode: 0o640, owner: { user: 'root', group: 'kube-cert' } });
    expect(unit).toContain('User=etcd\nGroup=kube-cert\n');
    expect(tmpfiles).toContain('d /var/lib/etcd 0700 etcd kube-cert -\n');
    expect(tmpfiles).toContain('z /etc/etcd/pki/server.key 0640 root kube-cert -\n');
    expect(text('etc/sysusers.d/etcd.conf')).toBe(
      'g kube-cert 233\nu etcd 232:kube-cert "etcd" /var/lib/etcd\n',
    );
  });

  it('may read them under root too', async () => {
    const { key, unit, text } = await build({ systemd: { user: 'root', group: 'kube-cert' } });
    expect(key).toMatchObject({ mode: 0o640, owner: { user: 'root', group: 'kube-cert' } });
    expect(unit).not.toContain('User=');
    expect(unit).toContain('Group=kube-cert\n');
    expect(text('etc/sysusers.d/etcd.conf')).toBe('g kube-cert -\n');
  });
});

it('names all files of an instance after it', async () => {
  const { paths } = await build({ systemd: { unit: 'devstack@etcd' }, etcd: { config: 'environment' } });
  expect(paths.filter((path) => path.includes('@') && !path.includes('/pki/'))).toEqual([
    'etc/etcd/devstack@etcd.env',
    'etc/systemd/system/devstack@etcd.service',
    'etc/sysusers.d/devstack@etcd.conf',
    'etc/tmpfiles.d/devstack@etcd.conf',
  ]);
});

describe('the configuration file', () => {
  it('is what the unit names', async () => {
    const environment = await build({ etcd: { config: 'environment', configFile: '/etc/default/etcd' } });
    expect(environment.unit).toContain('EnvironmentFile=/etc/default/etcd\n');
    expect(environment.text('etc/default/etcd')).toContain('ETCD_NAME="e1"\n');
    const yaml = await build({ etcd: { config: 'yaml', configFile: '/etc/pgsql/etcd.yml' } });
    expect(yaml.unit).toContain('--config-file=/etc/pgsql/etcd.yml');
    expect(yaml.tmpfiles).toContain('d /etc/pgsql 0755 root root -\n');
  });

  it('changes nothing about a folder of the system', async () => {
    const { tmpfiles } = await build({ etcd: { config: 'yaml', configFile: '/etc/etcd.yml' } });
    expect(tmpfiles).not.toContain('d /etc 0755');
  });
});

it('may listen below port 1024 and lock its memory without a sandbox too', async () => {
  const etcd = { clientPort: 379, settings: { 'memory-mlock': true } };
  const { unit } = await build({ etcd, systemd: { hardening: false } });
  expect(unit).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE\n');
  expect(unit).toContain('LimitMEMLOCK=infinity\n');
  const root = await build({ etcd, systemd: { hardening: false, user: 'root' } });
  expect(root.unit).not.toMatch(/AmbientCapabilities|LimitMEMLOCK/);
});
