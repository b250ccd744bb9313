import { describe, expect, it } from 'vitest';
import { accountsOf } from '../../../src/host/account/accounts.js';
import { hostWith, readFiles } from '../../support/host-files.js';

const UNIT = '/etc/systemd/system/etcd.service';
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

/** How many services are read of a host, and what is said of what was not. */
function read(files: Readonly<Record<string, string>>): { services: number; leftOut: readonly string[] } {
  const root = hostWith(files);
  const { services } = readFiles(files, root);
  const leftOut = root.limits.leftOut.map(({ path, why }) => `${path} ${why}`.trim());
  return { services: services.length, leftOut };
}

const TOO_MUCH: readonly (readonly [string, Record<string, string>, members: number, says: string])[] = [
  [
    '20,000 commands in one unit',
    { [UNIT]: `[Service]\n${lines(20_000, () => 'ExecStart=/bin/etcd')}` },
    50,
    'etc/systemd/system/etcd.service is read up to 256 KiB',
  ],
  [
    '60 commands in one unit',
    { [UNIT]: `[Service]\n${lines(60, () => 'ExecStart=/bin/etcd')}` },
    50,
    'etc/systemd/system/etcd.service has 60 ExecStart lines, of which 50 were looked at',
  ],
  [
    '60 units',
    Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `/etc/systemd/system/etcd${index}.service`,
        '[Service]\nExecStart=/bin/etcd\n',
      ]),
    ),
    50,
    'has 60 units that speak of etcd, of which 50 were looked at',
  ],
  [
    'a thousand drop-ins',
    {
      [UNIT]: '[Service]\nExecStart=/bin/etcd\n',
      ...Object.fromEntries(
        Array.from({ length: 1_000 }, (_, index) => [`${UNIT}.d/${index}.conf`, '[Service]\nUser=a\n']),
      ),
    },
    1,
    'etc/systemd/system/etcd.service has 1000 drop-ins, of which 200 were looked at',
  ],
  [
    'a script that starts itself twenty times',
    { [UNIT]: '[Service]\nExecStart=/opt/s\n', '/opt/s': `#!/bin/sh\n${lines(20, () => '/opt/s')}` },
    0,
    'opt/s starts more than the 1000 commands of a host that are followed',
  ],
  [
    'a script that sources itself twenty times',
    { [UNIT]: '[Service]\nExecStart=/opt/s\n', '/opt/s': `#!/bin/sh\n${lines(20, () => '. /opt/s')}` },
    0,
    'opt/s is not read: the configuration that is named comes to more than 32 MiB',
  ],
  [
    'a compose file of 3,000 services',
    { '/opt/compose.yaml': `services:\n${lines(3_000, (index) => ` a${index}: {image: etcd}`)}` },
    1_000,
    'opt/compose.yaml starts more than the 1000 commands of a host that are followed',
  ],
  [
    'a manifest of a pod that is too long',
    { '/etc/kubernetes/manifests/etcd.yaml': `kind: Pod\nspec: {} # etcd ${'x'.repeat(65_536)}\n` },
    0,
    'etc/kubernetes/manifests/etcd.yaml is read up to 64 KiB',
  ],
  [
    '3 MB of variables',
    {
      [UNIT]: `[Service]\n${lines(20, (index) => `EnvironmentFile=/etc/e${index}`)}ExecStart=/bin/etcd\n`,
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, file) => [
          `/etc/e${file}`,
          lines(9_000, (index) => `V${file}_${index}=${'x'.repeat(10)}`),
        ]),
      ),
    },
    1,
    'etc/systemd/system/etcd.service has environment files of more than 2 MiB',
  ],
];

describe('reading a host', () => {
  it.each(TOO_MUCH)('leaves %s out, and says so', (_, files, members, says) => {
    const { services, leftOut } = read(files);
    expect(services).toBe(members);
    expect(leftOut).toContain(says);
  });

  it('reads the last account of a long passwd(5)', () => {
    const accounts = lines(20_000, (id) => `u${id}:x:${id}:${id}::/:/bin/sh`);
    const root = hostWith({ '/etc/passwd': accounts, '/etc/group': '' });
    const file = root.files.get('/etc/passwd');
    expect(file?.bytes.length).toBeGreaterThan(262_144);
    expect(accountsOf(root).user('u19999')).toBeDefined();
    expect(root.limits.leftOut).toEqual([]);
  });

  it('says nothing of a host like others', () => {
    expect(read({ [UNIT]: '[Service]\nExecStart=/bin/etcd\n' }).leftOut).toEqual([]);
  });
});
